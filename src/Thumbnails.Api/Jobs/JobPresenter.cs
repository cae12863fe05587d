using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Shows a job to a client: with fresh addresses of its pictures.</summary>
internal sealed class JobPresenter(IObjectStore store, DeliveryStore webhooks)
{
    public static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(1);

    public async Task<JobResponse> ShowAsync(JobRecord record, Uri baseAddress, CancellationToken cancellationToken)
    {
        var (job, _, started, result, task) = record;
        var frames = new FrameResponse[job.Frames.Count];
        for (var i = 0; i < frames.Length; i++)
            frames[i] = await ShowAsync(job.Frames[i], result?.Frames.ElementAtOrDefault(i), baseAddress, cancellationToken);
        var startedAt = result?.StartedAt ?? task?.StartedAt;
        return new JobResponse
        {
            Id = job.Id,
            Status = record.Status,
            VideoKey = job.VideoKey,
            CreatedAt = job.CreatedAt,
            StartedAt = startedAt,
            FinishedAt = result?.FinishedAt,
            Frames = frames,
            Video = result?.Video,
            Timings = startedAt is null ? null : TimingsOf(record, startedAt.Value),
            BytesRead = result?.BytesRead,
            Error = result?.Error,
            Webhook = job.Callback is null ? null : await WebhookOfAsync(record, job.Callback, cancellationToken),
            Task = result?.Task ?? task?.Details ?? (started is null ? null : new TaskDetails { Arn = started.Arn }),
        };
    }

    private async Task<DeliveryState> WebhookOfAsync(JobRecord record, JobCallback callback, CancellationToken cancellationToken) =>
        record.Result is null ? DeliveryState.Unsent(callback.Url) : await webhooks.FindAsync(record.Job.Id, callback, cancellationToken);

    private static JobTimings TimingsOf(JobRecord record, DateTimeOffset startedAt)
    {
        var taskStartedAt = record.Record?.StartedAt ?? startedAt;
        return new JobTimings
        {
            QueuedMs = (long)(taskStartedAt - record.StartableAt).TotalMilliseconds,
            StartMs = (long)(startedAt - taskStartedAt).TotalMilliseconds,
            ProbeMs = record.Result?.Timings?.ProbeMs,
            ExtractMs = record.Result?.Timings?.ExtractMs,
            UploadMs = record.Result?.Timings?.UploadMs,
        };
    }

    private async Task<FrameResponse> ShowAsync(FrameRequest request, FrameResult? result, Uri baseAddress, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Thumbnail(request.OutputName);
        var address = result is { Error: null } ? await store.PresignDownloadAsync(key, UrlLifetime, cancellationToken) : null;
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
            Url = address is null ? null : new Uri(baseAddress, address.Url),
            UrlExpiresAt = address?.ExpiresAt,
            Error = result?.Error,
        };
    }
}
