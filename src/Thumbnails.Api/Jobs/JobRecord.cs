using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>All that is known of a job at one moment.</summary>
/// <param name="Job">What was asked for.</param>
/// <param name="Record">The task that was started for it; null when none was yet, and on one machine.</param>
/// <param name="Result">How it ended; null when it has not.</param>
/// <param name="Task">How far its task has come; null when it ended or has none.</param>
internal sealed record JobRecord(Job Job, TaskRecord? Record, JobResult? Result, TaskState? Task)
{
    public JobStatus Status => Result?.Status ?? Task?.Status ?? JobStatus.Queued;
}

/// <summary>Puts together what the store and the runner know of a job.</summary>
internal sealed class JobRecords(IObjectStore store, ITaskRunner runner, SettleJob settle, TimeProvider clock)
{
    /// <summary>Null when there is no such job.</summary>
    public async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var record = store.GetJsonAsync(ObjectKeys.Task(id), ApiJson.Default.TaskRecord, cancellationToken);
        var result = ResultAsync(id, cancellationToken);
        var job = store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken);
        await Task.WhenAll(record, result, job);
        if (await job is not { } found)
            return null;
        return await result is { } ended
            ? new JobRecord(found, await record, ended, null)
            : await AskRunnerAsync(found, await record, cancellationToken);
    }

    private async Task<JobRecord> AskRunnerAsync(Job job, TaskRecord? record, CancellationToken cancellationToken)
    {
        var task = await runner.DescribeAsync(job, record, cancellationToken);
        if (task is { Status: var status } && !status.IsFinal())
            return new JobRecord(job, record, null, task);
        // A task that has stopped, or that the runner does not know, may have left its result since we looked.
        var result = await ResultAsync(job.Id, cancellationToken);
        if (result is null && task is not null)
            result = await SettleAsync(job, task, cancellationToken);
        return new JobRecord(job, record, result, null);
    }

    private async Task<JobResult?> SettleAsync(Job job, TaskState task, CancellationToken cancellationToken)
    {
        var result = new JobResult
        {
            Status = task.Status,
            StartedAt = task.StartedAt,
            FinishedAt = clock.GetUtcNow(),
            Error = task.Error,
            Task = task.Details,
        };
        return await settle.RunAsync(job.Id, result, cancellationToken) ? result : await ResultAsync(job.Id, cancellationToken);
    }

    private Task<JobResult?> ResultAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Result(id), CoreJson.Default.JobResult, cancellationToken);
}
