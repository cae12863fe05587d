using System.Text.Json.Nodes;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>The local runner with misbehaving workers.</summary>
public sealed class LocalTaskRunnerTests : IDisposable
{
    private readonly Service _service = new(
        ("Runner:WorkerPath", DummyProgram.Path), ("Runner:MaxParallel", "1"), ("Runner:TimeoutSeconds", "1"));

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData("crash", "internal_error")]
    [InlineData("killed", "out_of_memory")]
    [InlineData("silent", "internal_error")]
    public async Task A_local_worker_that_ends_without_a_result_is_settled(string behaviour, string code)
    {
        var job = await RunAsync(behaviour);

        Assert.Equal(("failed", code), ((string)job["status"]!, (string)job["error"]!["code"]!));
    }

    [Fact]
    public async Task Canceling_a_job_kills_its_worker_and_the_child_processes()
    {
        var id = await StartAsync("hang");
        await UntilAsync(() => File.Exists(PidFile(id)));
        Assert.Equal("running", await StatusAsync(id));
        using var canceled = await _service.SendAsync(HttpMethod.Delete, $"/jobs/{id}");
        Assert.Equal(202, (int)canceled.StatusCode);
        Assert.Equal("canceled", (string)(await canceled.JsonAsync())["status"]!);

        await UntilAsync(() => !DummyProgram.IsAlive(PidFile(id)));
        Assert.Equal("canceled", await StatusAsync(id));
        using var again = await _service.SendAsync(HttpMethod.Delete, $"/jobs/{id}");
        Assert.Equal("job_already_finished", await again.ProblemAsync(409));
    }

    [Fact]
    public async Task A_hanging_local_worker_is_killed_after_the_time_limit()
    {
        var job = await RunAsync("hang");

        Assert.Equal(("failed", "timed_out"), ((string)job["status"]!, (string)job["error"]!["code"]!));
        await UntilAsync(() => !DummyProgram.IsAlive(PidFile((string)job["id"]!)));
    }

    [Fact]
    public async Task Local_jobs_run_in_order_and_a_canceled_job_never_runs()
    {
        var first = await StartAsync("hang");
        await UntilAsync(() => File.Exists(PidFile(first)));
        var rest = new List<string>();
        for (var i = 0; i < 4; i++)
            rest.Add(await StartAsync("good"));
        Assert.Equal("queued", await StatusAsync(rest[0]));
        using (await _service.SendAsync(HttpMethod.Delete, $"/jobs/{rest[1]}"))
        using (await _service.SendAsync(HttpMethod.Delete, $"/jobs/{first}"))
        {
            using var last = await _service.SendAsync(HttpMethod.Get, $"/jobs/{rest[3]}", null, ("Prefer", "wait=20"));
            Assert.Equal("succeeded", (string)(await last.JsonAsync())["status"]!);
        }

        Assert.Equal([first, rest[0], rest[2], rest[3]], File.ReadAllLines(Path.Combine(_service.Root, "runs.log")));
    }

    private string PidFile(string id) => Path.Combine(_service.Root, $"{id}.pid");

    private async Task<string> StartAsync(string behaviour)
    {
        using var response = await PostAsync(behaviour, 0);
        return (string)(await response.JsonAsync())["id"]!;
    }

    private async Task<JsonNode> RunAsync(string behaviour)
    {
        using var response = await PostAsync(behaviour, 25);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string behaviour, int wait)
    {
        var video = $"videos/{behaviour}.mp4";
        Directory.CreateDirectory(Path.Combine(_service.Root, "videos"));
        File.WriteAllText(Path.Combine(_service.Root, video), "x");
        return _service.PostAsync("/jobs", $$"""{"videoKey":"{{video}}","position":1,"outputName":"a.png"}""", ("Prefer", $"wait={wait}"));
    }

    private async Task<string> StatusAsync(string id)
    {
        using var response = await _service.Client.GetAsync($"/jobs/{id}");
        return (string)(await response.JsonAsync())["status"]!;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
