using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Loads everything known about a job, skipping records that cannot matter.</summary>
internal sealed class JobSnapshots(IObjectStore store, ITaskRunner runner, DeliveryStore deliveries, UploadEvents uploads, TimeProvider clock)
{
    /// <summary>Loads a job; returns null when it does not exist.</summary>
    /// <exception cref="DamagedRecordException">A record of the job cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<JobSnapshot?> LoadAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken);
        var result = ResultAsync(id, cancellationToken);
        var record = RecordAsync(id, 1, cancellationToken);
        await Task.WhenAll(job, result, record);
        if (await job is not { } found)
            return null;
        var snapshot = new JobSnapshot(found) { UploadIsAnnounced = uploads.AreSent, Result = await result, Record = await record };
        if (found.UploadExpiresAt is not null)
            snapshot = await WithUploadAsync(snapshot, cancellationToken);
        if (snapshot.Result is not null)
            return await WithEndAsync(snapshot, cancellationToken);
        return snapshot.AwaitsUpload ? snapshot : await WithTaskAsync(snapshot, cancellationToken);
    }

    /// <summary>Adds the result that the job may have by now.</summary>
    public async Task<JobSnapshot> WithResultAsync(JobSnapshot job, CancellationToken cancellationToken) =>
        await ResultAsync(job.Job.Id, cancellationToken) is { } result
            ? await WithEndAsync(job with { Result = result }, cancellationToken)
            : job;

    private async Task<JobSnapshot> WithUploadAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        var video = await store.HeadAsync(job.Job.VideoKey, cancellationToken);
        job = job with { UploadedAt = video?.LastModified };
        if (job.Result is not null || !job.AwaitsUpload || clock.GetUtcNow() < JobLifecycle.UploadDeadline(job))
            return job;
        var extension = await store.GetJsonAsync(ObjectKeys.UploadDeadline(job.Job.Id), StoredJson.Default.UploadExtension, cancellationToken);
        return job with { ExtendedDeadline = extension?.Deadline };
    }

    /// <summary>Adds the records of a job that has just ended.</summary>
    public async Task<JobSnapshot> WithEndAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        if (job.Job.Callback is { } callback)
            job = job with { Delivery = await deliveries.FindAsync(job.Job.Id, callback, cancellationToken) };
        // Only a job that was not ended by its worker can still have a running task.
        return job.Result is { Status: JobStatus.Canceled } or { Error.Code: JobErrorCode.TimedOut }
            ? await WithTaskAsync(job, cancellationToken)
            : job with { Task = null };
    }

    private async Task<JobSnapshot> WithTaskAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = await StateAsync(job, cancellationToken);
            job = job with { Task = state };
            // The record of the next attempt is read only when it can exist.
            if (state is { StoppedAt: not null, IsTransient: true } && await RecordAsync(job.Job.Id, job.Attempt + 1, cancellationToken) is { } next)
                job = job with { Attempt = job.Attempt + 1, Record = next };
            else if (job.Result is not null)
                return job;
            else if (state is null && job.Record is null)
                return job with { WaitsForRoom = await store.HeadAsync(ObjectKeys.DueAt(job.StartableAt, job.Job.Id), cancellationToken) is not null };
            // A task that has stopped or is unknown may have written its result in the meantime.
            else
                return state is null or { StoppedAt: not null } ? await WithResultAsync(job, cancellationToken) : job;
        }
    }

    private async Task<TaskState?> StateAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        if (job.Record is not { } record)
            return await runner.DescribeAsync(job.Job.Id, null, cancellationToken);
        var sighting = await store.GetJsonAsync(ObjectKeys.TaskState(job.Job.Id), StoredJson.Default.TaskSighting, cancellationToken);
        // A late event may belong to the task of an earlier attempt.
        if (sighting?.State.Details?.Arn != record.Arn)
            sighting = null;
        var (known, at) = sighting is null ? (record.ToState(), record.StartedAt) : (sighting.State, sighting.At);
        if (known.StoppedAt is not null || clock.GetUtcNow() - at < TaskState.FreshFor)
            return known;
        var state = await runner.DescribeAsync(job.Job.Id, record, cancellationToken);
        return state == TaskState.Unknown ? known : state;
    }

    private Task<TaskRecord?> RecordAsync(JobId id, int attempt, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Task(id, attempt), StoredJson.Default.TaskRecord, cancellationToken);

    private Task<JobResult?> ResultAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Result(id), CoreJson.Default.JobResult, cancellationToken);
}

/// <summary>Whether events report uploads: from EventBridge in Lambda, and from the file store in its own process.</summary>
internal sealed record UploadEvents(bool AreSent);

/// <summary>A later upload deadline, as <c>jobs/{id}/upload.json</c> holds it.</summary>
/// <param name="Deadline">When the job fails unless its video has been uploaded.</param>
internal sealed record UploadExtension(DateTimeOffset Deadline);
