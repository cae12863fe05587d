using Thumbnails.Api.Events;
using Thumbnails.Api.Tests.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers;

namespace Thumbnails.Api.Tests;

/// <summary>The S3 requests of a simple job: POST, run, webhook, one GET. Each request is billed.</summary>
public sealed class StoreRequestTests
{
    [Fact]
    public async Task A_job_makes_few_requests_to_S3()
    {
        var clock = new ManualClock(DateTimeOffset.UtcNow);
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var ecs = await FargateService.StartEcsAsync(clock);
        using var service = FargateService.Start(
            ecs, clock, null, ("Webhooks:Secret", WebhookBench.Secret), ("Webhooks:AllowPrivateAddresses", "true"));
        var video = Path.Combine(service.Root, "videos", "clip.mp4");
        Directory.CreateDirectory(Path.GetDirectoryName(video)!);
        await File.WriteAllTextAsync(video, "x");
        var counts = ((CountingStore)service.Get<IObjectStore>()).Counts;

        using var response = await service.PostAsync(
            "/jobs", $$"""{"videoKey":"videos/clip.mp4","position":1,"outputName":"a.png","callbackUrl":"{{receiver.Url}}"}""");
        var id = JobId.Parse((string)(await response.JsonAsync())["id"]!);
        Assert.Equal("Head 1, Put 3", Take());

        clock.Advance(TimeSpan.FromSeconds(30));
        var result = new JobResult { Status = JobStatus.Succeeded, StartedAt = clock.GetUtcNow(), FinishedAt = clock.GetUtcNow() };
        await service.Get<IObjectStore>().PutResultAsync(id, result, default);
        Take();
        var dispatcher = service.Get<EventDispatcher>();
        await dispatcher.DispatchAsync(new ServiceEvent.ObjectCreated(FargateService.Bucket, ObjectKeys.Result(id).ToString()), default);
        Assert.Single(receiver.Received);
        Assert.Equal("Delete 1, Get 5, Put 2", Take());

        var task = ecs.Tasks.Single();
        await dispatcher.DispatchAsync(
            new ServiceEvent.TaskChanged(new TaskChange(task.Arn, $"arn:aws:ecs:us-east-1:123456789012:cluster/{FargateService.Cluster}", "STOPPED") { StartedBy = $"{id}" }),
            default);
        Assert.Equal("Head 1, List 1", Take());

        Assert.Equal("succeeded", (string)(await service.JobAsync($"{id}"))["status"]!);
        Assert.Equal("Get 4", Take());

        string Take()
        {
            var taken = string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key} {count.Value}"));
            counts.Clear();
            return taken;
        }
    }
}
