using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Stores a job that a client requested. Its clock entry is written first, so the job cannot be lost.</summary>
internal sealed class AcceptJob(IObjectStore store, DueJobs due, UploadEvents uploads)
{
    /// <returns>The snapshot of the job; null when it was already stored.</returns>
    public async Task<JobSnapshot?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var accepted = new JobSnapshot(job) { UploadIsAnnounced = uploads.AreSent };
        await due.PutAsync(job.Id, JobLifecycle.FirstEntry(accepted), cancellationToken);
        return await store.PutJsonAsync(ObjectKeys.Job(job.Id), job, CoreJson.Default.Job, PutCondition.IfAbsent, cancellationToken)
            ? accepted
            : null;
    }
}
