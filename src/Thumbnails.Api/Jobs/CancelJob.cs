using Thumbnails.Api.Problems;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

/// <summary>Ends a job because its owner says so.</summary>
internal sealed class CancelJob(JobRecords records, SettleJob settle, ITaskRunner runner, AwaitingJobs awaiting, TimeProvider clock)
{
    /// <exception cref="ApiException">There is no such job, or it has ended.</exception>
    public async Task<JobRecord> RunAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = await records.FindAsync(id, cancellationToken) ?? throw GetJob.JobNotFound();
        var canceled = new JobResult { Status = JobStatus.Canceled, StartedAt = record.Task?.StartedAt, FinishedAt = clock.GetUtcNow() };
        if (!record.Status.CanBecome(JobStatus.Canceled) || !await settle.RunAsync(id, canceled, cancellationToken))
            throw new ApiException(RequestErrorCode.JobAlreadyFinished);
        await runner.StopAsync(record.Job, record.Record, CancellationToken.None);
        if (record.Status == JobStatus.AwaitingUpload)
            await awaiting.RemoveAsync(id, CancellationToken.None);
        return record with { Result = canceled, Task = null };
    }
}
