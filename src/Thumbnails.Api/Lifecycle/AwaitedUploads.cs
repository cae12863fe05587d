using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Handles the resumption and abortion of an upload that a job waits for.</summary>
internal sealed class AwaitedUploads(JobSnapshots snapshots, JobReconciler reconciler, DueJobs due, IObjectStore store, TimeProvider clock)
{
    /// <summary>Extends the deadline of the job, because its upload was resumed with new URLs.</summary>
    public async Task ExtendAsync(JobId id, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (await snapshots.LoadAsync(id, cancellationToken) is not { Result: null, AwaitsUpload: true } job)
            return;
        var deadline = JobLifecycle.UploadDeadline(job.Job, expiresAt);
        await due.PutAsync(id, deadline, cancellationToken);
        await store.PutJsonAsync(
            ObjectKeys.UploadDeadline(id), new UploadExtension(deadline), StoredJson.Default.UploadExtension, PutCondition.None, cancellationToken);
    }

    /// <summary>Fails the job, because its upload was aborted, unless its video exists.</summary>
    public async Task AbandonAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await snapshots.LoadAsync(id, cancellationToken) is not { Result: null, AwaitsUpload: true } job)
            return;
        var error = new JobError(JobErrorCode.UploadMissing, "The upload was aborted.");
        await reconciler.EndAsync(job, JobResult.Failure(error, clock.GetUtcNow()), cancellationToken);
    }
}
