using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.Api.Events;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers;
using Thumbnails.TestServers.Ecs;
using Thumbnails.TestServers.Ecs.Tasks;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Api.Tests;

/// <summary>The events function, on a server as strict as ECS. Events may be duplicated, late or out of order.</summary>
public sealed class EventTests : IAsyncLifetime
{
    private const string ClusterArn = $"arn:aws:ecs:us-east-1:123456789012:cluster/{FargateService.Cluster}";

    private readonly ManualClock _clock = new(DateTimeOffset.UtcNow);
    private LoopbackEcs _ecs = null!;
    private Service _service = null!;

    public async Task InitializeAsync()
    {
        _ecs = await FargateService.StartEcsAsync(_clock);
        _service = FargateService.Start(_ecs, _clock);
    }

    public async Task DisposeAsync()
    {
        _service.Dispose();
        await _ecs.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task In_whatever_order_and_however_often_events_come_there_is_one_task_and_one_outcome(int seed)
    {
        var random = new Random(seed);
        var upload = await UploadAsync();
        await DispatchAllAsync(random, VideoCreated(upload), EventBridgeEvent.Scheduled());
        var task = Assert.Single(_ecs.Tasks);
        Assert.Equal((string)upload["jobId"]!, task.StartedBy);
        _ecs.OnRunning = async (running, _) =>
        {
            await FinishAsync(running);
            return 0;
        };
        await _ecs.RunAsync(task.Arn);
        _ecs.Stop(task.Arn);
        var ended = await _service.JobAsync(upload["jobId"]!);
        Assert.Equal("succeeded", (string)ended["status"]!);

        await DispatchAllAsync(
            random, VideoCreated(upload), Stopped(task), Stopped(task, "RUNNING"), Created($"jobs/{upload["jobId"]}/result.json"), EventBridgeEvent.Scheduled());
        Assert.Single(_ecs.Tasks);
        Assert.True(JsonNode.DeepEquals(ended, await _service.JobAsync(upload["jobId"]!)));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task The_same_upload_told_many_times_at_once_starts_one_task()
    {
        var upload = await UploadAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => DispatchAsync(i % 2 == 0 ? VideoCreated(upload) : EventBridgeEvent.Scheduled())));

        Assert.Single(_ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(upload));
    }

    [Fact]
    public async Task A_task_that_stopped_without_a_result_settles_its_job_although_nobody_asks()
    {
        var (upload, task) = await StartAsync();
        await _ecs.RunAsync(task.Arn);
        await DispatchAsync(Stopped(task, "RUNNING"));
        Assert.Null(await ResultAsync(upload));

        var stopped = Stopped(task, "STOPPED", new ContainerState("worker", "STOPPED", 137, "OutOfMemoryError: Container killed due to memory usage"));
        await DispatchAsync(stopped);
        var result = (await ResultAsync(upload))!;
        Assert.Equal((JobStatus.Failed, JobErrorCode.OutOfMemory), (result.Status, result.Error!.Code));
        var details = result.Task!.Value.Deserialize(StoredJson.Default.TaskDetails)!;
        Assert.Equal((task.Arn, "STOPPED", "EssentialContainerExited", 137), (details.Arn, details.LastStatus, details.StopCode, details.ExitCode));
        Assert.DoesNotContain(_ecs.Requests, request => request.Operation == EcsOperation.DescribeTasks);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await DispatchAsync(stopped);
        Assert.Equal(result.FinishedAt, (await ResultAsync(upload))!.FinishedAt);
    }

    [Fact]
    public async Task A_task_of_someone_else_settles_nothing()
    {
        var (upload, task) = await StartAsync();
        var ours = Change(task, "STOPPED");
        TaskStateChange[] changes =
        [
            ours with { ClusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/other" },
            ours with { ClusterArn = "arn:aws:ecs:us-east-1:123456789012:cluster/other-thumbnails" },
            ours with { StartedBy = null },
            ours with { StartedBy = "ecs-svc/1234567890" },
            ours with { StartedBy = JobId.New(_clock).ToString() },
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
        (await _service.SendAsync(HttpMethod.Delete, $"/jobs/{upload["jobId"]}")).Dispose();
        PutVideo(upload);
        await DispatchAllAsync(new Random(1), VideoCreated(upload), EventBridgeEvent.Scheduled());

        Assert.Empty(_ecs.Tasks);
        Assert.Equal("canceled", await StatusAsync(upload));
    }

    [Fact]
    public async Task Where_there_is_no_room_for_an_uploaded_job_the_schedule_starts_it_later()
    {
        _ecs.Faults.RunTaskFailures(EcsFailure.NoCapacity);
        var upload = await UploadAsync();
        await DispatchAsync(VideoCreated(upload));
        Assert.Equal("queued", await StatusAsync(upload));
        Assert.Empty(_ecs.Tasks);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Single(_ecs.Tasks);
        Assert.Equal("starting", await StatusAsync(upload));
    }

    [Fact]
    public async Task The_clock_fails_what_was_never_uploaded_and_clears_entries_without_a_job()
    {
        var upload = await CreateAsync();
        await _service.Get<DueJobs>().PutAsync(JobId.New(_clock), _clock.GetUtcNow().AddMinutes(1), default);
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal(2, (await DueAsync()).Count);

        _clock.Advance(TimeSpan.FromMinutes(76));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal(JobErrorCode.UploadMissing, (await ResultAsync(upload))!.Error!.Code);
        Assert.Empty(await DueAsync());
        Assert.Empty(_ecs.Tasks);
    }

    public static TheoryData<string> UnknownEvents =>
    [
        "{}", "null", "7", "[]", "", """{"detail-type":"Object Created","source":"aws.s3"}""",
        """{"detail-type":"Object Created","source":"aws.s3","detail":{"bucket":{},"object":{"key":"a"}}}""",
        """{"detail-type":"Object Created","source":"aws.s3","detail":null}""",
        """{"detail-type":"ECS Task State Change","source":"aws.ecs","detail":{"lastStatus":"STOPPED"}}""",
        """{"detail-type":"Object Deleted","source":"aws.s3","detail":{"bucket":{"name":"bucket"},"object":{"key":"videos/a"}}}""",
        """{"detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","detail":{}}""",
    ];

    [Theory]
    [MemberData(nameof(UnknownEvents))]
    public async Task An_unknown_event_is_accepted(string payload)
    {
        var received = await ReadAsync(payload);

        Assert.IsType<ServiceEvent.Unknown>(received);
        await _service.Get<EventDispatcher>().DispatchAsync(received, default);
    }

    [Fact]
    public async Task An_object_that_is_no_affair_of_ours_is_accepted()
    {
        var upload = await UploadAsync();
        string[] keys = ["videos/x", "videos/x/y.mp4", $"videos/{JobId.New(_clock)}/a.mp4", $"jobs/{upload["jobId"]}/job.json", $"jobs/{JobId.New(_clock)}/result.json", "thumbnails/a.png", "jobs/x/result.json", ""];
        foreach (var key in keys)
            await DispatchAsync(Created(key));
        await DispatchAsync(EventBridgeEvent.ObjectCreated("another-bucket", (string)upload["videoKey"]!));

        Assert.Empty(_ecs.Tasks);
    }

    [Fact]
    public async Task The_documented_events_are_understood()
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples");

        Assert.Equal(
            new ServiceEvent.ObjectCreated("DOC-EXAMPLE-BUCKET1", "example-key"), await ReadAsync(File.ReadAllText(Path.Combine(samples, "s3-object-created.json"))));
        Assert.Equal(new ServiceEvent.Scheduled(), await ReadAsync(File.ReadAllText(Path.Combine(samples, "scheduled-event.json"))));
        var change = Assert.IsType<ServiceEvent.TaskChanged>(await ReadAsync(File.ReadAllText(Path.Combine(samples, "ecs-task-state-change.json")))).Task;
        Assert.Equal("arn:aws:ecs:us-west-2:111122223333:task/FargateCluster/c13b4cb40f1f4fe4a2971f76ae5a47ad", change.TaskArn);
        Assert.Equal(("RUNNING", "FargateApp"), (change.LastStatus, change.ToTask().Containers.Single().Name));
        Assert.Equal(new DateTime(2020, 1, 23, 17, 57, 58, 103, DateTimeKind.Utc), change.StartedAt);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_concerns_its_own_job_only()
    {
        var (broken, good) = (await UploadAsync(), await UploadAsync());
        var path = Path.Combine(_service.Root, "jobs", (string)broken["jobId"]!, "job.json");
        var json = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, "{");
        await DispatchAsync(VideoCreated(broken));
        _clock.Advance(TimeSpan.FromMinutes(90));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal((string)good["jobId"]!, Assert.Single(_ecs.Tasks).StartedBy);
        using var listed = await _service.Client.GetAsync("/jobs");
        Assert.Equal((string)good["jobId"]!, (string)Assert.Single((await listed.JsonAsync())["jobs"]!.AsArray())!["id"]!);
        using var asked = await _service.Client.GetAsync($"/jobs/{broken["jobId"]}");
        Assert.Equal("job_unreadable", await asked.ProblemAsync(500));

        // It is not forgotten: once it is repaired, the clock comes back to it.
        await File.WriteAllTextAsync(path, json);
        _clock.Advance(TimeSpan.FromMinutes(61));
        await DispatchAsync(EventBridgeEvent.Scheduled());
        Assert.Equal(2, _ecs.Tasks.Count);
    }

    [Fact]
    public async Task Records_with_members_of_a_newer_version_are_read()
    {
        var (upload, task) = await StartAsync();
        await _ecs.RunAsync(task.Arn);
        await DispatchAsync(Stopped(task, "RUNNING"));
        var folder = Path.Combine(_service.Root, "jobs", (string)upload["jobId"]!);
        string[] records = ["job.json", "task.json", "state.json"];
        Assert.Equal(records.Order(), Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order());
        foreach (var path in Directory.GetFiles(folder))
            await AddMemberAsync(path);
        Assert.Equal("running", await StatusAsync(upload));

        await FinishAsync(task);
        await AddMemberAsync(Path.Combine(folder, "result.json"));
        Assert.Equal("succeeded", await StatusAsync(upload));
    }

    private static async Task AddMemberAsync(string path)
    {
        var json = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        json["ofTheFuture"] = new JsonObject { ["a"] = 1 };
        await File.WriteAllTextAsync(path, json.ToJsonString());
    }

    private IObjectStore Store => _service.Get<IObjectStore>();

    private Task<JsonNode> CreateAsync() => _service.CreateUploadAsync("a.mp4", 1, ""","job":{"position":1,"outputName":"a.png"}""");

    // The folder represents a bucket, so that only the test sends events about its objects.
    private async Task<JsonNode> UploadAsync()
    {
        var upload = await CreateAsync();
        PutVideo(upload);
        return upload;
    }

    private void PutVideo(JsonNode upload)
    {
        var path = Path.Combine(_service.Root, (string)upload["videoKey"]!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }

    private async Task<(JsonNode Upload, LoopbackTask Task)> StartAsync()
    {
        var upload = await UploadAsync();
        await DispatchAsync(VideoCreated(upload));
        return (upload, Assert.Single(_ecs.Tasks));
    }

    private async Task<string> StatusAsync(JsonNode upload) => (string)(await _service.JobAsync(upload["jobId"]!))["status"]!;

    private Task<JobResult?> ResultAsync(JsonNode upload) =>
        Store.GetJsonAsync(ObjectKeys.Result(JobId.Parse((string)upload["jobId"]!)), CoreJson.Default.JobResult, default);

    private Task<IReadOnlyList<ObjectInfo>> DueAsync() => Store.ListAsync(ObjectKeys.Due, null, 1000, default);

    private async Task FinishAsync(LoopbackTask task)
    {
        var result = new JobResult
        {
            Status = JobStatus.Succeeded,
            StartedAt = _clock.GetUtcNow(),
            FinishedAt = _clock.GetUtcNow(),
            Frames = [new FrameResult { OutputName = OutputName.Parse("a.png"), Position = 1 }],
        };
        var id = JobId.Parse(task.EnvironmentOf("worker")["JOB_ID"]);
        await Store.PutResultAsync(id, result, default);
    }

    private static JsonObject Created(string key) => EventBridgeEvent.ObjectCreated(FargateService.Bucket, key);

    private static JsonObject VideoCreated(JsonNode upload) => Created((string)upload["videoKey"]!);

    private JsonObject Stopped(LoopbackTask task, string status = "STOPPED", ContainerState? container = null) =>
        EventBridgeEvent.TaskStateChange(Change(task, status) with { Containers = [container ?? new ContainerState("worker", status, 0)] });

    private TaskStateChange Change(LoopbackTask task, string status) => new()
    {
        StartedAt = _clock.GetUtcNow(),
        TaskArn = task.Arn,
        ClusterArn = ClusterArn,
        StartedBy = task.StartedBy,
        LastStatus = status,
        DesiredStatus = "STOPPED",
        StopCode = "EssentialContainerExited",
        StoppedReason = "Essential container in task exited",
    };

    // Each of them twice, in an order that the seed chooses.
    private async Task DispatchAllAsync(Random random, params JsonObject[] events)
    {
        JsonObject[] twice = [.. events, .. events];
        random.Shuffle(twice);
        foreach (var sent in twice)
            await DispatchAsync(sent);
    }

    private async Task DispatchAsync(JsonObject sent) =>
        await _service.Get<EventDispatcher>().DispatchAsync(await ReadAsync(sent.ToJsonString()), default);

    private static async Task<ServiceEvent> ReadAsync(string payload)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        return await EventBridge.ReadAsync(stream, default);
    }
}
