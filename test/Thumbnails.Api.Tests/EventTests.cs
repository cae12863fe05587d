using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.TestServers.Ecs;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Api.Tests;

/// <summary>Jobs driven by events, which can be duplicated, late or out of order.</summary>
public sealed class EventTests : EventTestBase
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Duplicated_and_reordered_events_give_one_task_and_one_outcome(int seed)
    {
        var random = new Random(seed);
        var upload = await UploadAsync();
        await DispatchAllAsync(random, VideoCreated(upload), EventBridgeEvent.Scheduled());
        var task = Assert.Single(Ecs.Tasks);
        Assert.Equal((string)upload["jobId"]!, task.StartedBy);
        Ecs.OnRunning = async (running, _) =>
        {
            await FinishAsync(running);
            return 0;
        };
        await Ecs.RunAsync(task.Arn);
        Ecs.Stop(task.Arn);
        var ended = await Api.JobAsync(upload["jobId"]!);
        Assert.Equal("succeeded", (string)ended["status"]!);

        await DispatchAllAsync(
            random, VideoCreated(upload), Stopped(task), Stopped(task, "RUNNING"), Created($"jobs/{upload["jobId"]}/result.json"), EventBridgeEvent.Scheduled());
        Assert.Single(Ecs.Tasks);
        Assert.True(JsonNode.DeepEquals(ended, await Api.JobAsync(upload["jobId"]!)));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task Concurrent_events_for_one_upload_start_one_task()
    {
        var upload = await UploadAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => DispatchAsync(i % 2 == 0 ? VideoCreated(upload) : EventBridgeEvent.Scheduled())));

        Assert.Single(Ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(upload));
    }

    [Fact]
    public async Task A_stop_event_settles_a_job_whose_worker_left_no_result()
    {
        var (upload, task) = await StartAsync();
        await Ecs.RunAsync(task.Arn);
        await DispatchAsync(Stopped(task, "RUNNING"));
        Assert.Null(await ResultAsync(upload));

        var stopped = Stopped(task, "STOPPED", new ContainerState("worker", "STOPPED", 137, "OutOfMemoryError: Container killed due to memory usage"));
        await DispatchAsync(stopped);
        var result = (await ResultAsync(upload))!;
        Assert.Equal((JobStatus.Failed, JobErrorCode.OutOfMemory), (result.Status, result.Error!.Code));
        var details = result.Task!.Value.Deserialize(StoredJson.Default.TaskDetails)!;
        Assert.Equal((task.Arn, "STOPPED", "EssentialContainerExited", 137), (details.Arn, details.LastStatus, details.StopCode, details.ExitCode));
        Assert.DoesNotContain(Ecs.Requests, request => request.Operation == EcsOperation.DescribeTasks);

        Clock.Advance(TimeSpan.FromMinutes(1));
        await DispatchAsync(stopped);
        Assert.Equal(result.FinishedAt, (await ResultAsync(upload))!.FinishedAt);
    }

    [Fact]
    public async Task A_stop_event_for_an_unrelated_task_is_ignored()
    {
        var (upload, task) = await StartAsync();
        var ours = Change(task, "STOPPED");
        TaskStateChange[] changes =
        [
            ours with { ClusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/other" },
            ours with { ClusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/other-thumbnails" },
            ours with { StartedBy = null },
            ours with { StartedBy = "ecs-svc/1234567890" },
            ours with { StartedBy = JobId.New(Clock).ToString() },
            ours with { TaskArn = "arn:aws:ecs:us-east-1:123456789012:task/thumbnails/0123456789abcdef0123456789abcdef" },
        ];
        foreach (var change in changes)
            await DispatchAsync(EventBridgeEvent.TaskStateChange(change));

        Assert.Null(await ResultAsync(upload));
        Assert.Equal("starting", await StatusAsync(upload));
    }

    [Fact]
    public async Task A_canceled_job_is_not_started_by_a_late_event()
    {
        var upload = await CreateAsync();
        (await Api.SendAsync(HttpMethod.Delete, $"/jobs/{upload["jobId"]}")).Dispose();
        PutVideo(upload);
        await DispatchAllAsync(new Random(1), VideoCreated(upload), EventBridgeEvent.Scheduled());

        Assert.Empty(Ecs.Tasks);
        Assert.Equal("canceled", await StatusAsync(upload));
    }

    [Fact]
    public async Task A_job_without_capacity_is_started_later_by_the_schedule()
    {
        Ecs.Faults.RunTaskFailures(EcsFailure.NoCapacity);
        var upload = await UploadAsync();
        await DispatchAsync(VideoCreated(upload));
        Assert.Equal("queued", await StatusAsync(upload));
        Assert.Empty(Ecs.Tasks);

        Clock.Advance(TimeSpan.FromMinutes(1));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Single(Ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(upload));
    }

    [Fact]
    public async Task The_clock_fails_jobs_without_an_upload_and_removes_orphaned_entries()
    {
        var upload = await CreateAsync();
        await Api.Get<DueJobs>().PutAsync(JobId.New(Clock), Clock.GetUtcNow().AddMinutes(1), default);
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal(2, (await DueAsync()).Count);

        Clock.Advance(TimeSpan.FromMinutes(76));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal(JobErrorCode.UploadMissing, (await ResultAsync(upload))!.Error!.Code);
        Assert.Empty(await DueAsync());
        Assert.Empty(Ecs.Tasks);
    }
}
