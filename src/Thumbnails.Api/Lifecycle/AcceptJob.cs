using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Stores a job that a client requested. From then on it is not lost: its clock entry stands before it does.</summary>
internal sealed class AcceptJob(IObjectStore store, DueJobs due, UploadEvents uploads)
{
    /// <returns>What is known of the job; null when it is stored already.</returns>
    public async Task<JobSnapshot?> RunAsync(Job job, CancellationToken cancellationToken)
    {
        var accepted = new JobSnapshot(job) { UploadIsAnnounced = uploads.AreSent };
        await due.PutAsync(job.Id, JobLifecycle.FirstEntry(accepted), cancellationToken);
        return await store.PutJsonAsync(ObjectKeys.Job(job.Id), job, CoreJson.Default.Job, PutCondition.IfAbsent, cancellationToken)
            ? accepted
            : null;
    }
}
