using Thumbnails.TestServers.Ecs;

namespace Thumbnails.Api.Tests;

/// <summary>How job states follow tasks, and how tasks are stopped.</summary>
public sealed class FargateTaskTests : FargateTests
{
    [Fact]
    public async Task A_job_follows_its_task_and_a_finished_job_is_not_described()
    {
        var (id, _) = await StartAsync();
        var arn = Ecs.Tasks[0].Arn;
        var statuses = new List<string>();
        Ecs.OnRunning = async (task, token) =>
        {
            statuses.Add(await StatusAsync(id));
            await FinishAsync(task);
            return 0;
        };
        await Ecs.RunAsync(arn);
        var job = await GetAsync(id);

        Assert.Equal(["running"], statuses);
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal(arn, (string)job["task"]!["arn"]!);
        Assert.True((long)job["timings"]!["startMs"]! >= 0);
        var asked = Count(EcsOperation.DescribeTasks);
        await GetAsync(id);
        Assert.Equal(asked, Count(EcsOperation.DescribeTasks));
    }

    [Fact]
    public async Task A_task_that_stopped_without_a_result_is_settled_once()
    {
        var (id, _) = await StartAsync();
        var arn = Ecs.Tasks[0].Arn;
        await Ecs.RunAsync(arn);
        Ecs.Inject(arn, "aws-guardduty-agent");
        Ecs.Stop(arn, exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage", container: "worker");
        Assert.Equal(("failed", "out_of_memory", "The task ran out of memory. Use a smaller video, or a task definition with more memory."), await OutcomeAsync(id));

        Clock.Advance(TimeSpan.FromHours(2));
        var job = await GetAsync(id);
        Assert.Equal("out_of_memory", (string)job["error"]!["code"]!);
        Assert.Equal(("STOPPED", "EssentialContainerExited", 137), ((string)job["task"]!["lastStatus"]!, (string)job["task"]!["stopCode"]!, (int)job["task"]!["exitCode"]!));
    }

    [Fact]
    public async Task A_missing_task_is_lost_unless_it_has_just_started()
    {
        Ecs.MissingDescribes = 1;
        var (id, job) = await StartAsync();
        Assert.Equal("starting", (string)job["status"]!);
        Assert.Equal("starting", await StatusAsync(id));

        Ecs.Stop(Ecs.Tasks[0].Arn);
        Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(("failed", "task_lost", "The task ended without a result. Create the job again."), await OutcomeAsync(id));
    }

    [Fact]
    public async Task The_last_known_state_is_reported_while_ECS_is_unavailable()
    {
        var (id, _) = await StartAsync();
        await Ecs.RunAsync(Ecs.Tasks[0].Arn);
        Assert.Equal("running", await StatusAsync(id));
        Ecs.Faults.Throttle(EcsOperation.DescribeTasks, 4);
        Assert.Equal("running", await StatusAsync(id));
        Ecs.Faults.ServerError(EcsOperation.DescribeTasks, 4);
        Assert.Equal("running", await StatusAsync(id));
    }

    [Fact]
    public async Task Many_jobs_are_described_in_few_calls()
    {
        for (var i = 0; i < 25; i++)
            await StartAsync();
        Assert.Equal(0, Count(EcsOperation.DescribeTasks));
        Clock.Advance(TimeSpan.FromSeconds(3));
        using var response = await Api.Client.GetAsync("/jobs?limit=25");
        var page = await response.JsonAsync();

        Assert.Equal(25, page["jobs"]!.AsArray().Count(job => (string)job!["status"]! == "starting"));
        Assert.InRange(Count(EcsOperation.DescribeTasks), 1, 3);
    }

    [Fact]
    public async Task Canceling_a_job_stops_its_task()
    {
        var (id, _) = await StartAsync();
        await Ecs.RunAsync(Ecs.Tasks[0].Arn);
        using var response = await Api.SendAsync(HttpMethod.Delete, $"/jobs/{id}");

        Assert.Equal(202, (int)response.StatusCode);
        Assert.Equal("STOPPED", Ecs.Tasks[0].DesiredStatus);
        Assert.Equal("canceled", await StatusAsync(id));
    }

    [Fact]
    public async Task The_clock_settles_a_job_whose_task_died()
    {
        var (id, _) = await StartAsync();
        await Ecs.RunAsync(Ecs.Tasks[0].Arn);
        Ecs.Stop(Ecs.Tasks[0].Arn, exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage", container: "worker");
        Clock.Advance(TimeSpan.FromSeconds(62));
        await TickAsync();

        Assert.Equal(["job.json", "result.json", "task.json"], Records(id));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task A_hanging_task_is_stopped_after_the_time_limit()
    {
        var (id, _) = await StartAsync();
        await Ecs.RunAsync(Ecs.Tasks[0].Arn);
        Clock.Advance(TimeSpan.FromSeconds(900));
        Assert.Equal("running", await StatusAsync(id));
        Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal(("failed", "timed_out", "The job took longer than the limit of 900 seconds."), await OutcomeAsync(id));
        Assert.Equal("STOPPED", Ecs.Tasks[0].DesiredStatus);
    }
}
