using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Thumbnails.Api.Lifecycle;
using Thumbnails.TestKit;
using Thumbnails.TestServers;

namespace Thumbnails.Api.Tests;

/// <summary>Jobs of the local service that start when their video is uploaded.</summary>
public sealed class StartOnUploadTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);
    private readonly TempFolder _folder = new();
    private Service? _service;

    private string Root => _folder["data"];

    // Its worker only records that it ran.
    private Service Quick => _service ??= Start();

    public void Dispose()
    {
        _service?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task One_POST_and_one_PUT_make_a_picture()
    {
        using var service = new Service();
        var clip = await clips.NumberedAsync();
        var upload = await service.CreateUploadAsync(
            "clip.mp4", new FileInfo(clip).Length, ""","job":{"frames":[{"position":"00:08","outputName":"8.png"}],"width":320}""");
        var awaiting = await service.JobAsync(upload["jobId"]!);
        Assert.Equal("awaiting_upload", (string)awaiting["status"]!);
        Assert.Equal((string)upload["videoKey"]!, (string)awaiting["videoKey"]!);
        Assert.Equal("8.png", (string)awaiting["frames"]![0]!["outputName"]!);
        using var listed = await service.Client.GetAsync("/jobs?status=awaiting_upload");
        Assert.Single((await listed.JsonAsync())["jobs"]!.AsArray());

        var ended = service.EndedAsync(upload["jobId"]!);
        await using var file = File.OpenRead(clip);
        using var response = await service.PutAsync(upload, new StreamContent(file));
        Assert.Equal(200, (int)response.StatusCode);

        var job = await ended;
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.True((long)job["timings"]!["queuedMs"]! >= 0);
        await File.WriteAllBytesAsync(_folder["picture"], await service.Client.GetByteArrayAsync(new Uri((string)job["frames"]![0]!["url"]!)));
        Assert.Equal(240, NumberedClip.Read(_folder["picture"]));
        await UntilAsync(() => IsDone(service.Root));
    }

    [Theory]
    [InlineData("""{}""", "job.position", "job.outputName")]
    [InlineData("""{"position":"-1","outputName":"a.gif","width":0}""", "job.position", "job.outputName", "job.width")]
    [InlineData("""{"position":1,"outputName":"a.png","videoKey":"videos/x"}""", "job.videoKey")]
    [InlineData("""{"position":1,"outputName":"a.png","fit":"crop"}""", "job.fit")]
    [InlineData("""{"frames":[]}""", "job.frames")]
    [InlineData("""{"frames":[{"position":1,"outputName":"a.png"},{"position":"1:99","outputName":"b.png"}]}""", "job.frames[1].position")]
    [InlineData("""[]""", "job")]
    public async Task An_invalid_job_in_an_upload_request_is_rejected_with_every_error(string job, params string[] members)
    {
        using var response = await Quick.PostAsync("/uploads", $$"""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":1,"job":{{job}}}""");

        Assert.Equal(members.Order(), await response.FaultsAsync());
        Assert.True(IsDone(Root));
    }

    [Fact]
    public async Task An_upload_without_a_job_starts_no_job()
    {
        var upload = await Quick.CreateUploadAsync("good.mp4", 1);
        Assert.Null(upload["jobId"]);
        await PutAsync(Quick, upload);

        using var jobs = await Quick.Client.GetAsync("/jobs");
        Assert.Empty((await jobs.JsonAsync())["jobs"]!.AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_fails_when_its_upload_URL_expires_unused(bool byClock)
    {
        var upload = await CreateAsync();
        _clock.Advance(TimeSpan.FromMinutes(61));
        await Quick.Get<JobClock>().TickAsync(default);
        Assert.Equal("awaiting_upload", await StatusAsync(upload));

        // An upload that started in time is given time to finish.
        _clock.Advance(TimeSpan.FromMinutes(15));
        if (byClock)
            await Quick.Get<JobClock>().TickAsync(default);
        Assert.Equal(byClock, File.Exists(Path.Combine(Root, "jobs", (string)upload["jobId"]!, "result.json")));
        var job = await Quick.JobAsync(upload["jobId"]!);
        Assert.Equal(("failed", "upload_missing"), ((string)job["status"]!, (string)job["error"]!["code"]!));
        Assert.True(IsDone(Root));

        PutInPlace(upload);
        await Quick.Get<JobClock>().TickAsync(default);
        Assert.True(JsonNode.DeepEquals(job, await Quick.JobAsync(upload["jobId"]!)));
        Assert.Empty(Runs());
    }

    [Fact]
    public async Task A_canceled_job_stays_canceled_when_its_video_arrives()
    {
        var upload = await CreateAsync();
        using var canceled = await Quick.SendAsync(HttpMethod.Delete, $"/jobs/{upload["jobId"]}");
        Assert.Equal((202, "canceled"), ((int)canceled.StatusCode, (string)(await canceled.JsonAsync())["status"]!));
        Assert.True(IsDone(Root));

        await PutAsync(Quick, upload);
        await Quick.Get<JobClock>().TickAsync(default);
        Assert.Equal("canceled", await StatusAsync(upload));
        Assert.Empty(Runs());
    }

    [Fact]
    public async Task A_restart_does_not_start_a_job_before_its_video_arrives()
    {
        var upload = await CreateAsync();
        Quick.Dispose();
        _service = Start();
        var other = await CreateAsync();
        await PutAsync(Quick, other);
        Assert.Equal("succeeded", (string)(await Quick.EndedAsync(other["jobId"]!))["status"]!);
        Assert.Equal("awaiting_upload", await StatusAsync(upload));
        Assert.Equal([(string)other["jobId"]!], Runs());

        upload["url"] = new Uri((string)upload["url"]!).PathAndQuery;
        await PutAsync(Quick, upload);
        Assert.Equal("succeeded", (string)(await Quick.EndedAsync(upload["jobId"]!))["status"]!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_starts_although_the_event_of_its_video_was_lost(bool byClock)
    {
        var upload = await CreateAsync();
        PutInPlace(upload);

        if (byClock)
        {
            _clock.Advance(TimeSpan.FromMinutes(76));
            await Quick.Get<JobClock>().TickAsync(default);
            await UntilAsync(() => Runs().Length > 0);
        }

        Assert.Equal("succeeded", (string)(await Quick.EndedAsync(upload["jobId"]!))["status"]!);
        Assert.Single(Runs());
    }

    [Fact]
    public async Task Completing_a_multipart_upload_starts_its_job()
    {
        var upload = await CreateAsync(parts: true);
        using var part = await Quick.SendAsync(HttpMethod.Put, (string)upload["parts"]![0]!["url"]!, new ByteArrayContent(new byte[1]));
        Assert.Equal("awaiting_upload", await StatusAsync(upload));
        using var completed = await Quick.PostAsync(
            $"/uploads/{upload["uploadId"]}/complete", $$"""{"parts":[{"number":1,"eTag":"{{part.Headers.ETag!.Tag.Trim('"')}}"}]}""");
        Assert.Equal(200, (int)completed.StatusCode);

        Assert.Equal("succeeded", (string)(await Quick.EndedAsync(upload["jobId"]!))["status"]!);
        Assert.Single(Runs());
    }

    [Fact]
    public async Task Resuming_a_multipart_upload_extends_its_deadline()
    {
        var upload = await CreateAsync(parts: true);
        _clock.Advance(TimeSpan.FromMinutes(50));
        using (await Quick.Client.GetAsync($"/uploads/{upload["uploadId"]}"))
            _clock.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal("awaiting_upload", await StatusAsync(upload));
        _clock.Advance(TimeSpan.FromMinutes(50));

        Assert.Equal("failed", await StatusAsync(upload));
        using (await Quick.Client.GetAsync($"/uploads/{upload["uploadId"]}"))
            Assert.Equal("failed", await StatusAsync(upload));
    }

    [Fact]
    public async Task Aborting_a_multipart_upload_fails_its_job()
    {
        var upload = await CreateAsync(parts: true);
        using var aborted = await Quick.SendAsync(HttpMethod.Delete, $"/uploads/{upload["uploadId"]}");
        Assert.Equal(204, (int)aborted.StatusCode);

        var job = await Quick.JobAsync(upload["jobId"]!);
        Assert.Equal(("failed", "upload_missing"), ((string)job["status"]!, (string)job["error"]!["code"]!));
        Assert.True(IsDone(Root));
    }

    private Service Start() => new(
        (_, services) => services.WithoutTicks().AddSingleton<TimeProvider>(_clock), ("Storage:Root", Root), ("Runner:WorkerPath", DummyProgram.Path));

    private Task<JsonNode> CreateAsync(bool parts = false) =>
        Quick.CreateUploadAsync("good.mp4", 1, $$""","multipart":{{(parts ? "true" : "false")}},"job":{"position":1,"outputName":"a.png"}""");

    private static async Task PutAsync(Service service, JsonNode upload)
    {
        using var response = await service.PutAsync(upload, new ByteArrayContent(new byte[1]));
        Assert.Equal(200, (int)response.StatusCode);
    }

    private async Task<string> StatusAsync(JsonNode upload) => (string)(await Quick.JobAsync(upload["jobId"]!))["status"]!;

    // Bypasses the service, which gets no event.
    private void PutInPlace(JsonNode upload)
    {
        var path = Path.Combine(Root, (string)upload["videoKey"]!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }

    private string[] Runs() => File.Exists(Path.Combine(Root, "runs.log")) ? File.ReadAllLines(Path.Combine(Root, "runs.log")) : [];

    private static bool IsDone(string root) =>
        !Directory.Exists(Path.Combine(root, "due")) || Directory.GetFiles(Path.Combine(root, "due"), "*", SearchOption.AllDirectories).Length == 0;

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
