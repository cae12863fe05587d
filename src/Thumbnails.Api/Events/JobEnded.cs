using Thumbnails.Api.Hosting;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>Tells of a job that has ended: in the log, a line for each of its pictures; and its receiver, when it named one.</summary>
internal sealed partial class JobEnded(IObjectStore store, WebhookDelivery webhooks, Settings settings, ILogger<JobEnded> logger)
{
    public async Task HandleAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await store.GetJsonAsync(ObjectKeys.Result(id), CoreJson.Default.JobResult, cancellationToken) is not { } result)
            return;
        LogEnded(id, SnakeCase.Of(result.Status), result.Error is { } error ? SnakeCase.Of(error.Code) : null);
        foreach (var frame in result.Frames.Where(frame => frame.Error is null))
            LogThumbnail(id, AddressOf(ObjectKeys.Thumbnail(frame.OutputName)));
        await webhooks.DeliverAsync(id, cancellationToken);
    }

    // Not the signed address, which would let everyone in who reads the log.
    private string AddressOf(ObjectKey key) => settings.Storage is StorageSettings.S3 s3 ? $"s3://{s3.Bucket}/{key}" : key.ToString();

    [LoggerMessage(LogLevel.Information, "Job {JobId} has ended: {Status} {Code}")]
    private partial void LogEnded(JobId jobId, string status, string? code);

    [LoggerMessage(LogLevel.Information, "Job {JobId} made the thumbnail {Address}")]
    private partial void LogThumbnail(JobId jobId, string address);
}
