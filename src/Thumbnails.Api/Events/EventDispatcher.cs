using Thumbnails.Api.Hosting;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>
/// Finds the job that an event concerns and reconciles it. Events may be duplicated, concurrent, late and out of order. An exception
/// makes Lambda deliver the event again.
/// </summary>
internal sealed partial class EventDispatcher(
    JobReconciler reconciler, JobClock clock, TaskChanges taskChanges, EndedJobLog endedJobs, StorageSettings storage, ILogger<EventDispatcher> logger)
{
    /// <param name="received">The event.</param>
    /// <param name="budget">When canceled, a tick starts nothing new and returns.</param>
    public Task DispatchAsync(ServiceEvent received, CancellationToken budget) => received switch
    {
        ServiceEvent.ObjectCreated created when IsOurs(created.Bucket) => ObjectCreatedAsync(created.Key),
        ServiceEvent.ObjectCreated created => Ignore("aws.s3", $"Object Created in {created.Bucket}"),
        ServiceEvent.TaskChanged change => taskChanges.HandleAsync(change.Task, budget),
        ServiceEvent.Scheduled => clock.TickAsync(budget),
        ServiceEvent.Unknown unknown => Ignore(unknown.Source, unknown.DetailType),
        _ => throw new ArgumentOutOfRangeException(nameof(received)),
    };

    // Other objects, such as the other records of a job, need no action.
    private async Task ObjectCreatedAsync(string key)
    {
        if (ObjectKeys.AwaiterOf(key) is { } awaiter)
            await ReconcileAsync(awaiter);
        else if (ObjectKeys.JobOf(key) is { } ended && key == ObjectKeys.Result(ended).ToString() && await ReconcileAsync(ended) is { } job)
            endedJobs.Write(job);
    }

    // Delivering the event again would not make the job readable.
    private async Task<JobSnapshot?> ReconcileAsync(JobId id)
    {
        try
        {
            return await reconciler.RunAsync(id, untilEnd: false, CancellationToken.None);
        }
        catch (DamagedRecordException exception)
        {
            LogDamaged(exception, id);
            return null;
        }
    }

    private bool IsOurs(string bucket) => storage is StorageSettings.S3 s3 && s3.Bucket == bucket;

    private Task Ignore(string? source, string? type)
    {
        LogUnknown(source, type);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "Ignored an event that needs no action: {Source} {DetailType}")]
    private partial void LogUnknown(string? source, string? detailType);

    [LoggerMessage(LogLevel.Error, "Job {JobId} cannot be read")]
    private partial void LogDamaged(Exception exception, JobId jobId);
}
