using System.Text;
using System.Text.Json.Nodes;
using Thumbnails.Api.Events;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers;
using Thumbnails.TestServers.Ecs;
using Thumbnails.TestServers.Ecs.Tasks;
using Thumbnails.TestServers.Lambda.Events;

namespace Thumbnails.Api.Tests;

/// <summary>The events function with a test ECS. The tests send the events of S3, ECS and the schedule.</summary>
public abstract class EventTestBase : IAsyncLifetime
{
    private const string ClusterArn = $"arn:aws:ecs:us-east-1:123456789012:cluster/{FargateService.Cluster}";

    private protected ManualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    private protected LoopbackEcs Ecs { get; private set; } = null!;

    private protected Service Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Ecs = await FargateService.StartEcsAsync(Clock);
        Api = FargateService.Start(Ecs, Clock);
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Ecs.DisposeAsync();
    }

    private protected IObjectStore Store => Api.Get<IObjectStore>();

    private protected Task<JsonNode> CreateAsync() => Api.CreateUploadAsync("a.mp4", 1, ""","job":{"position":1,"outputName":"a.png"}""");

    // Written as to a bucket: only the test sends events about it.
    private protected async Task<JsonNode> UploadAsync()
    {
        var upload = await CreateAsync();
        PutVideo(upload);
        return upload;
    }

    private protected void PutVideo(JsonNode upload)
    {
        var path = Path.Combine(Api.Root, (string)upload["videoKey"]!);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
    }

    private protected async Task<(JsonNode Upload, LoopbackTask Task)> StartAsync()
    {
        var upload = await UploadAsync();
        await DispatchAsync(VideoCreated(upload));
        return (upload, Assert.Single(Ecs.Tasks));
    }

    private protected async Task<string> StatusAsync(JsonNode upload) => (string)(await Api.JobAsync(upload["jobId"]!))["status"]!;

    private protected Task<JobResult?> ResultAsync(JsonNode upload) =>
        Store.GetJsonAsync(ObjectKeys.Result(JobId.Parse((string)upload["jobId"]!)), CoreJson.Default.JobResult, default);

    private protected Task<IReadOnlyList<ObjectInfo>> DueAsync() => Store.ListAsync(ObjectKeys.Due, null, 1000, default);

    private protected async Task FinishAsync(LoopbackTask task)
    {
        var result = new JobResult
        {
            Status = JobStatus.Succeeded,
            StartedAt = Clock.GetUtcNow(),
            FinishedAt = Clock.GetUtcNow(),
            Frames = [new FrameResult { OutputName = OutputName.Parse("a.png"), Position = 1 }],
        };
        var id = JobId.Parse(task.EnvironmentOf("worker")["JOB_ID"]);
        await Store.PutResultAsync(id, result, default);
    }

    private protected static JsonObject Created(string key) => EventBridgeEvent.ObjectCreated(FargateService.Bucket, key);

    private protected static JsonObject VideoCreated(JsonNode upload) => Created((string)upload["videoKey"]!);

    private protected JsonObject Stopped(LoopbackTask task, string status = "STOPPED", ContainerState? container = null) =>
        EventBridgeEvent.TaskStateChange(Change(task, status) with { Containers = [container ?? new ContainerState("worker", status, 0)] });

    private protected TaskStateChange Change(LoopbackTask task, string status) => new()
    {
        StartedAt = Clock.GetUtcNow(),
        TaskArn = task.Arn,
        ClusterArn = ClusterArn,
        StartedBy = task.StartedBy,
        LastStatus = status,
        DesiredStatus = "STOPPED",
        StopCode = "EssentialContainerExited",
        StoppedReason = "Essential container in task exited",
    };

    // Each event twice, in random order.
    private protected async Task DispatchAllAsync(Random random, params JsonObject[] events)
    {
        JsonObject[] twice = [.. events, .. events];
        random.Shuffle(twice);
        foreach (var sent in twice)
            await DispatchAsync(sent);
    }

    private protected async Task DispatchAsync(JsonObject sent) =>
        await Api.Get<EventDispatcher>().DispatchAsync(await ReadAsync(sent.ToJsonString()), default);

    private protected static async Task<ServiceEvent> ReadAsync(string payload)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(payload));
        return await EventBridge.ReadAsync(stream, default);
    }
}
