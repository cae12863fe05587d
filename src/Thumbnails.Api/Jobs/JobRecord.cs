using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>All that is known of a job at one moment.</summary>
/// <param name="Job">What was asked for.</param>
/// <param name="Result">How it ended; null when it has not.</param>
/// <param name="Task">How far its task has come; null when it ended or has none.</param>
internal sealed record JobRecord(Job Job, JobResult? Result, TaskState? Task)
{
    public JobStatus Status => Result?.Status ?? Task?.Status ?? JobStatus.Queued;
}

/// <summary>Puts together what the store and the runner know of a job.</summary>
internal sealed class JobRecords(IObjectStore store, ITaskRunner runner)
{
    /// <summary>Null when there is no such job.</summary>
    public async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken);
        return job is null ? null : await CompleteAsync(job, cancellationToken);
    }

    public async Task<JobRecord> CompleteAsync(Job job, CancellationToken cancellationToken)
    {
        if (await ResultAsync(job.Id, cancellationToken) is { } result)
            return new JobRecord(job, result, null);
        var task = await runner.DescribeAsync(job, cancellationToken);
        // A task that the runner does not know may have ended since the look at its result.
        return new JobRecord(job, task is null ? await ResultAsync(job.Id, cancellationToken) : null, task);
    }

    public Task<JobResult?> ResultAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Result(id), CoreJson.Default.JobResult, cancellationToken);
}
