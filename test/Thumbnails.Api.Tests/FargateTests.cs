using System.Text.Json.Nodes;
using Thumbnails.Api.Events;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers;
using Thumbnails.TestServers.Ecs;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.Api.Tests;

/// <summary>The API on Fargate: the real ECS client and a strict ECS test server. The store is a folder.</summary>
public abstract class FargateTests : IAsyncLifetime
{
    private protected ManualClock Clock { get; } = new(DateTimeOffset.UtcNow);

    private protected LoopbackEcs Ecs { get; private set; } = null!;

    private protected Service Api { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Ecs = await FargateService.StartEcsAsync(Clock);
        Api = Start();
    }

    public async Task DisposeAsync()
    {
        Api.Dispose();
        await Ecs.DisposeAsync();
    }

    private protected Service Start(string? root = null, params (string Name, string? Value)[] settings) =>
        FargateService.Start(Ecs, Clock, root, settings);

    private protected async Task<(string Id, JsonNode Job)> StartAsync(Service? service = null)
    {
        service ??= Api;
        var video = Path.Combine(service.Root, "videos", "clip.mp4");
        Directory.CreateDirectory(Path.GetDirectoryName(video)!);
        await File.WriteAllTextAsync(video, "x");
        using var response = await service.PostAsync("/jobs", """{"videoKey":"videos/clip.mp4","position":1,"outputName":"a.png"}""");
        Assert.Equal(202, (int)response.StatusCode);
        var job = await response.JsonAsync();
        return ((string)job["id"]!, job);
    }

    // ECS is queried only about states older than a few seconds.
    private protected async Task<JsonNode> GetAsync(string id)
    {
        Clock.Advance(TaskState.FreshFor);
        using var response = await Api.Client.GetAsync($"/jobs/{id}");
        Assert.Equal(200, (int)response.StatusCode);
        return await response.JsonAsync();
    }

    private protected async Task<string> StatusAsync(string id) => (string)(await GetAsync(id))["status"]!;

    private protected async Task<(string Status, string Code, string Message)> OutcomeAsync(string id)
    {
        var job = await GetAsync(id);
        return ((string)job["status"]!, (string)job["error"]!["code"]!, (string)job["error"]!["message"]!);
    }

    private protected Task TickAsync() => Api.Get<JobClock>().TickAsync(default);

    private protected Task<IReadOnlyList<ObjectInfo>> DueAsync() => Api.Get<IObjectStore>().ListAsync(ObjectKeys.Due, null, 100, default);

    /// <summary>Dispatches the event that ECS sends when a task stops.</summary>
    private protected Task StopEventAsync(LoopbackTask task) => Api.Get<EventDispatcher>().DispatchAsync(
        new ServiceEvent.TaskChanged(new TaskChange(task.Arn, $"arn:aws:ecs:us-east-1:123456789012:cluster/{FargateService.Cluster}", "STOPPED")
        {
            StartedBy = task.StartedBy,
            DesiredStatus = "STOPPED",
            StopCode = task.StopCode,
            StoppedReason = task.StoppedReason,
            StoppedAt = task.StoppedAt?.UtcDateTime,
        }),
        default);

    /// <summary>Writes the result as the task's worker would.</summary>
    private protected async Task FinishAsync(LoopbackTask task)
    {
        var id = JobId.Parse(task.EnvironmentOf("worker")["JOB_ID"]);
        var result = new JobResult { Status = JobStatus.Succeeded, StartedAt = Clock.GetUtcNow(), FinishedAt = Clock.GetUtcNow() };
        await Api.Get<IObjectStore>().PutResultAsync(id, result, default);
    }

    private protected string[] Records(string id) =>
        [.. Directory.GetFiles(Path.Combine(Api.Root, "jobs", id)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private protected int Count(EcsOperation operation) => Ecs.Requests.Count(request => request.Operation == operation);
}
