using System.Text.Json;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Builds the response for a job, with new presigned URLs for its pictures.</summary>
internal sealed class JobPresenter(IObjectStore store, StoryboardPresenter storyboards)
{
    public static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(1);

    public async Task<JobResponse> ShowAsync(JobSnapshot snapshot, Uri baseUrl, CancellationToken cancellationToken)
    {
        var (job, result) = (snapshot.Job, snapshot.Result);
        var frames = new FrameResponse[job.Frames.Count];
        for (var i = 0; i < frames.Length; i++)
            frames[i] = await ShowAsync(job.Frames[i], result?.Frames.ElementAtOrDefault(i), baseUrl, cancellationToken);
        var startedAt = result is null ? snapshot.Task?.StartedAt : result.StartedAt;
        return new JobResponse
        {
            Id = job.Id,
            Status = snapshot.Status,
            VideoKey = job.VideoKey,
            CreatedAt = job.CreatedAt,
            StartedAt = startedAt,
            FinishedAt = result?.FinishedAt,
            Attempt = AttemptOf(snapshot),
            Frames = frames,
            Storyboard = await storyboards.ShowAsync(job, result?.Storyboard, baseUrl, cancellationToken),
            Preview = await storyboards.ShowAsync(job.Preview, result?.Preview, baseUrl, cancellationToken),
            Video = result?.Video,
            Timings = startedAt is null ? null : TimingsOf(snapshot, startedAt.Value),
            BytesRead = result?.BytesRead,
            Error = result?.Error,
            Webhook = job.Callback is null ? null : snapshot.Delivery?.State ?? DeliveryState.Unsent(job.Callback.Url),
            Task = TaskOf(snapshot),
        };
    }

    /// <summary>Writes the body of the job's webhook, again for each attempt because presigned URLs expire.</summary>
    public async Task<byte[]> WriteAsync(JobSnapshot snapshot, CancellationToken cancellationToken) => JsonSerializer.SerializeToUtf8Bytes(
        await ShowAsync(snapshot, snapshot.Job.Callback!.ApiUrl, cancellationToken), ApiJson.Default.JobResponse);

    private static int? AttemptOf(JobSnapshot snapshot) =>
        snapshot.Result is { } result ? result.Attempt : snapshot.Record is null && snapshot.Task is null ? null : snapshot.Attempt;

    private static TaskDetails? TaskOf(JobSnapshot snapshot) =>
        snapshot.Result?.Task?.Deserialize(StoredJson.Default.TaskDetails)
        ?? snapshot.Task?.Details
        ?? (snapshot.Record is { } record ? new TaskDetails { Arn = record.Arn } : null);

    private static JobTimings TimingsOf(JobSnapshot snapshot, DateTimeOffset startedAt)
    {
        var taskStartedAt = snapshot.Record?.StartedAt ?? startedAt;
        var timings = snapshot.Result?.Timings;
        return new JobTimings
        {
            QueuedMs = (long)(taskStartedAt - snapshot.StartableAt).TotalMilliseconds,
            StartMs = (long)(startedAt - taskStartedAt).TotalMilliseconds,
            ProbeMs = timings?.ProbeMs,
            ExtractMs = timings?.ExtractMs,
            UploadMs = timings?.UploadMs,
        };
    }

    private async Task<FrameResponse> ShowAsync(FrameRequest request, FrameResult? result, Uri baseUrl, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Thumbnail(request.OutputName);
        var presigned = result is { Error: null } ? await store.PresignDownloadAsync(key, UrlLifetime, cancellationToken) : null;
        return new FrameResponse
        {
            RequestedPosition = request.Position,
            Position = result?.Position,
            Adjustment = result?.Adjustment,
            Warning = result?.Warning,
            OutputName = request.OutputName,
            Key = key,
            Width = result?.Width,
            Height = result?.Height,
            SizeBytes = result?.SizeBytes,
            Url = presigned is null ? null : new Uri(baseUrl, presigned.Url),
            UrlExpiresAt = presigned?.ExpiresAt,
            Error = result?.Error,
        };
    }
}
