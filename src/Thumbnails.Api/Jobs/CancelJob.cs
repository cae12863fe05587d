using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

/// <summary>Ends a job at a client's request.</summary>
internal sealed class CancelJob(JobSnapshots snapshots, JobReconciler reconciler, TimeProvider clock)
{
    /// <exception cref="ApiException">The job does not exist, or has ended.</exception>
    public async Task<JobSnapshot> RunAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await snapshots.LoadAsync(id, cancellationToken) ?? throw GetJob.JobNotFound();
        var canceled = new JobResult
        {
            Status = JobStatus.Canceled,
            StartedAt = job.Task?.StartedAt,
            FinishedAt = clock.GetUtcNow(),
            Attempt = job.Record is null && job.Task is null ? null : job.Attempt,
        };
        if (job.Result is not null || !await reconciler.EndAsync(job, canceled, cancellationToken))
            throw new ApiException(RequestErrorCode.JobAlreadyFinished);
        return await snapshots.WithEndAsync(job with { Result = canceled }, cancellationToken);
    }
}
