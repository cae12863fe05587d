using Thumbnails.Api.Hosting;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>Logs how a job ended, and one line for each of its pictures.</summary>
internal sealed partial class EndedJobLog(StorageSettings storage, ILogger<EndedJobLog> logger)
{
    public void Write(JobSnapshot job)
    {
        var (id, result) = (job.Job.Id, job.Result!);
        LogEnded(id, SnakeCase.Of(result.Status), result.Error is { } error ? SnakeCase.Of(error.Code) : null);
        foreach (var frame in result.Frames.Where(frame => frame.Error is null))
            LogThumbnail(id, LocationOf(ObjectKeys.Thumbnail(frame.OutputName)));
    }

    // Not a presigned URL: it would give access to everyone who reads the log.
    private string LocationOf(ObjectKey key) => storage is StorageSettings.S3 s3 ? $"s3://{s3.Bucket}/{key}" : key.ToString();

    [LoggerMessage(LogLevel.Information, "Job {JobId} has ended: {Status} {Code}")]
    private partial void LogEnded(JobId jobId, string status, string? code);

    [LoggerMessage(LogLevel.Information, "Job {JobId} made the thumbnail {Location}")]
    private partial void LogThumbnail(JobId jobId, string location);
}
