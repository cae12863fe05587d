using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>
/// Gives each event to its handler. Handlers may be called any number of times, at once, and in any order; what they throw
/// means that the event is to be delivered again.
/// </summary>
internal sealed partial class EventDispatcher(
    AwaitedUploads uploads, JobEnded jobEnded, TaskStopped taskStopped, Schedule schedule, Settings settings, ILogger<EventDispatcher> logger)
{
    public Task DispatchAsync(ServiceEvent received, CancellationToken cancellationToken) => received switch
    {
        ServiceEvent.ObjectCreated created when IsOurs(created.Bucket) => ObjectCreatedAsync(created.Key, cancellationToken),
        ServiceEvent.ObjectCreated created => Ignore("aws.s3", $"Object Created in {created.Bucket}"),
        ServiceEvent.TaskChanged change => taskStopped.HandleAsync(change.Task, cancellationToken),
        ServiceEvent.Scheduled => schedule.RunAsync(cancellationToken),
        ServiceEvent.Unknown unknown => Ignore(unknown.Source, unknown.DetailType),
        _ => throw new ArgumentOutOfRangeException(nameof(received)),
    };

    // Of the rest, such as a job's other records, there is nothing to do.
    private Task ObjectCreatedAsync(string key, CancellationToken cancellationToken)
    {
        if (ObjectKeys.AwaiterOf(key) is { } awaiter)
            return uploads.CheckAsync(awaiter, cancellationToken);
        return ObjectKeys.JobOf(key) is { } job && key == ObjectKeys.Result(job).ToString()
            ? jobEnded.HandleAsync(job, cancellationToken)
            : Task.CompletedTask;
    }

    private bool IsOurs(string? bucket) => bucket is null || settings.Storage is StorageSettings.S3 s3 && s3.Bucket == bucket;

    private Task Ignore(string? source, string? type)
    {
        LogUnknown(source, type);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "An event that nothing here acts on was accepted: {Source} {DetailType}")]
    private partial void LogUnknown(string? source, string? detailType);
}
