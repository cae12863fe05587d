using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>All that is known of a job at one moment.</summary>
/// <param name="Job">What was asked for.</param>
/// <param name="Upload">When its video was there; null for a job that did not await it, or still does.</param>
/// <param name="Record">The task that was started for it; null when none was yet, and on one machine.</param>
/// <param name="Result">How it ended; null when it has not.</param>
/// <param name="Task">How far its task has come; null when it ended or has none.</param>
internal sealed record JobRecord(Job Job, UploadRecord? Upload, TaskRecord? Record, JobResult? Result, TaskState? Task)
{
    /// <summary>When it could start: its video was there.</summary>
    public DateTimeOffset StartableAt => Upload?.At ?? Job.CreatedAt;

    public JobStatus Status => Result?.Status ?? Task?.Status ?? (AwaitsUpload ? JobStatus.AwaitingUpload : JobStatus.Queued);

    private bool AwaitsUpload => Job.UploadExpiresAt is not null && Upload is null;
}

/// <summary>Puts together what the store and the runner know of a job.</summary>
internal sealed class JobRecords(IObjectStore store, ITaskRunner runner, AwaitedUploads uploads, SettleJob settle, TimeProvider clock)
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
        var known = new JobRecord(found, null, await record, await result, null);
        if (found.UploadExpiresAt is not null)
            known = await AskForUploadAsync(known, cancellationToken);
        return known.Result is not null || known.Status == JobStatus.AwaitingUpload ? known : await AskRunnerAsync(known, cancellationToken);
    }

    // An event that was lost must not leave a job waiting that somebody asks for.
    private async Task<JobRecord> AskForUploadAsync(JobRecord known, CancellationToken cancellationToken)
    {
        if (known.Result is not null || known.Record is not null)
            return known with { Upload = await uploads.FindAsync(known.Job.Id, cancellationToken) };
        return await uploads.CheckAsync(known.Job, cancellationToken) is { } upload
            ? known with { Upload = upload }
            : known with { Result = await ResultAsync(known.Job.Id, cancellationToken) };
    }

    private async Task<JobRecord> AskRunnerAsync(JobRecord known, CancellationToken cancellationToken)
    {
        var task = await runner.DescribeAsync(known.Job, known.StartableAt, known.Record, cancellationToken);
        if (task is { Status: var status } && !status.IsFinal())
            return known with { Task = task };
        // A task that has stopped, or that the runner does not know, may have left its result since we looked.
        var result = await ResultAsync(known.Job.Id, cancellationToken);
        if (result is null && task is not null)
            result = await SettleAsync(known.Job.Id, task, cancellationToken);
        return known with { Result = result };
    }

    private async Task<JobResult?> SettleAsync(JobId id, TaskState task, CancellationToken cancellationToken)
    {
        var result = task.ToResult(clock.GetUtcNow());
        return await settle.RunAsync(id, result, cancellationToken) ? result : await ResultAsync(id, cancellationToken);
    }

    private Task<JobResult?> ResultAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Result(id), CoreJson.Default.JobResult, cancellationToken);
}
