using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Advances a job as far as possible: loads its snapshot, decides on a step, performs it, and repeats until the step is to wait or
/// the job is done. Every step is idempotent, even when two processes perform it at once. A clock entry is removed only after the
/// next one exists, so that a job always has one until it is done.
/// </summary>
internal sealed partial class JobReconciler(
    JobSnapshots snapshots, DueJobs due, ITaskRunner runner, WebhookSender webhooks, JobCompletions completions, IObjectStore store, TimeProvider clock,
    ILogger<JobReconciler> logger)
{
    /// <summary>Raised when a job has ended and has steps left that its caller does not wait for.</summary>
    public event Action<JobId>? Left;

    /// <summary>Reconciles a job.</summary>
    /// <param name="id">The job.</param>
    /// <param name="untilEnd">Whether to return when the job has ended, without waiting for the receiver of a webhook.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The snapshot of the job afterwards; null when the job does not exist.</returns>
    /// <exception cref="DamagedRecordException">A record of the job cannot be read.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public async Task<JobSnapshot?> RunAsync(JobId id, bool untilEnd, CancellationToken cancellationToken) =>
        await snapshots.LoadAsync(id, cancellationToken) switch
        {
            null => null,
            { Result: not null } ended when untilEnd => ended,
            var job => await RunAsync(job, null, untilEnd, cancellationToken),
        };

    /// <summary>Reconciles a job that was just accepted.</summary>
    public Task<JobSnapshot> RunAsync(JobSnapshot job, CancellationToken cancellationToken) => RunAsync(job, null, untilEnd: true, cancellationToken);

    /// <summary>Reconciles the job of a clock entry that is due, and moves or removes the entry.</summary>
    /// <returns>The snapshot of the job afterwards; null when the job does not exist.</returns>
    public async Task<JobSnapshot?> RunAsync(DueEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            if (await snapshots.LoadAsync(entry.Id, cancellationToken) is { } job)
                return await RunAsync(entry.WaitsForRoom ? job with { WaitsForRoom = false } : job, entry, untilEnd: false, cancellationToken);
            // The process crashed before it stored the job and responded. Until the entry's time, the job may still be stored.
            if (entry.Time <= clock.GetUtcNow())
                await RemoveAsync(entry, cancellationToken);
        }
        catch (DamagedRecordException exception)
        {
            LogDamaged(exception, entry.Id);
            await due.PutAsync(entry.Id, clock.GetUtcNow() + JobLifecycle.DamagedGap, cancellationToken);
            await RemoveAsync(entry, cancellationToken);
        }

        return null;
    }

    /// <summary>Ends a job on request, unless it has already ended.</summary>
    /// <returns>Whether this outcome won.</returns>
    public async Task<bool> EndAsync(JobSnapshot job, JobResult result, CancellationToken cancellationToken)
    {
        if (await TrySettleAsync(job, result, cancellationToken) is not { } ended)
            return false;
        // The job has ended, so its task is stopped even if the caller disconnects.
        await RunAsync(ended, null, untilEnd: true, CancellationToken.None);
        return true;
    }

    /// <summary>Delivers the webhook of a job that has ended once more, without waiting for its receiver.</summary>
    public async Task<JobSnapshot> RedeliverAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        await due.PutAsync(job.Job.Id, clock.GetUtcNow(), cancellationToken);
        job = job with { Delivery = await webhooks.RequestAsync(job, cancellationToken) };
        return await RunAsync(job, null, untilEnd: true, cancellationToken);
    }

    private async Task<JobSnapshot> RunAsync(JobSnapshot job, DueEntry? entry, bool untilEnd, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = JobLifecycle.Next(job, clock.GetUtcNow());
            if (untilEnd && job.Result is not null && step is not JobStep.Stop and not JobStep.Done)
            {
                Left?.Invoke(job.Job.Id);
                return Announced(job);
            }

            switch (step)
            {
                case JobStep.Start { Attempt: var attempt }:
                    // A start is completed even if the caller disconnects.
                    job = await StartAsync(job with { Attempt = attempt }, CancellationToken.None);
                    break;
                case JobStep.Stop:
                    await runner.StopAsync(job.Job.Id, job.Record, cancellationToken);
                    job = job with { Task = job.Task! with { IsStopping = true } };
                    break;
                case JobStep.Settle { Result: var result }:
                    job = await SettleAsync(job, result, cancellationToken);
                    break;
                case JobStep.Deliver or JobStep.GiveUpDelivery:
                    job = job with { Delivery = await webhooks.SendAsync(job, step, cancellationToken) };
                    break;
                case JobStep.Wait { Until: var until }:
                    await WaitAsync(job, until, entry, cancellationToken);
                    return Announced(job);
                case JobStep.WaitForRoom:
                    // An entry with another time dates from before the job had to wait.
                    if (entry is { WaitsForRoom: false } leftover)
                        await RemoveAsync(leftover, cancellationToken);
                    return job;
                case JobStep.Done:
                    await FinishAsync(job, entry, cancellationToken);
                    return Announced(job);
            }
        }
    }

    private async Task<JobSnapshot> StartAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        var (id, now) = (job.Job.Id, clock.GetUtcNow());
        // The entry of a new job also covers its first start, unless the job had to wait for its upload.
        var look = JobLifecycle.FirstLookAfter(job, now);
        if (job.Job.UploadExpiresAt is not null || look != JobLifecycle.FirstEntry(job))
            await due.PutAsync(id, look, cancellationToken);
        switch (await runner.StartAsync(id, job.Attempt, cancellationToken))
        {
            case StartOutcome.Started { State: var state, Record: var record }:
                LogStarted(id, job.Attempt, record?.Arn);
                if (record is not null)
                    await store.PutJsonAsync(ObjectKeys.Task(id, job.Attempt), record, StoredJson.Default.TaskRecord, PutCondition.IfAbsent, cancellationToken);
                return job with { Task = state, Record = record };
            case StartOutcome.NoRoom { Reason: var reason }:
                LogNoRoom(id, reason);
                await due.PutWaitingAsync(job, cancellationToken);
                await due.RemoveAsync(id, look, cancellationToken);
                return job with { WaitsForRoom = true };
            case StartOutcome.Refused { Error: var error }:
                return await SettleAsync(job, JobResult.Failure(error, now), cancellationToken);
            default:
                throw new InvalidOperationException();
        }
    }

    private async Task<JobSnapshot> SettleAsync(JobSnapshot job, JobResult result, CancellationToken cancellationToken) =>
        await TrySettleAsync(job, result, cancellationToken) ?? await snapshots.WithResultAsync(job, cancellationToken);

    // Returns null when the job has another result already.
    private async Task<JobSnapshot?> TrySettleAsync(JobSnapshot job, JobResult result, CancellationToken cancellationToken)
    {
        if (!await store.PutResultAsync(job.Job.Id, result, cancellationToken))
            return null;
        LogSettled(job.Job.Id, SnakeCase.Of(result.Status), result.Error is { } error ? SnakeCase.Of(error.Code) : null);
        return await snapshots.WithEndAsync(job with { Result = result }, CancellationToken.None);
    }

    // The next check of a running job and the deadline of an upload already have entries; only the clock replaces the entry it used.
    private async Task WaitAsync(JobSnapshot job, DateTimeOffset until, DueEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is { } current && DueJobs.IsAt(current, until))
            return;
        var stands = job.Result is null && (until == JobLifecycle.NextLook(job, clock.GetUtcNow()) || (job.AwaitsUpload && until == JobLifecycle.UploadDeadline(job)));
        if (entry is not null || !stands)
            await due.PutAsync(job.Job.Id, until, cancellationToken);
        if (entry is { } used)
            await RemoveAsync(used, cancellationToken);
    }

    // An entry that is missed here is removed when it is due.
    private async Task FinishAsync(JobSnapshot job, DueEntry? entry, CancellationToken cancellationToken)
    {
        var (id, now) = (job.Job.Id, clock.GetUtcNow());
        var entries = new HashSet<DateTimeOffset> { DueJobs.RoundUp(JobLifecycle.FirstEntry(job)) };
        if (job.Record is not null || job.Result!.StartedAt is not null)
            entries.Add(DueJobs.RoundUp(JobLifecycle.NextLook(job, now)));
        if (due.TakeLast(id) is { } last)
            entries.Add(last);
        if (entry is { } used)
            entries.Add(used.Time);
        foreach (var time in entries)
            await due.RemoveAsync(id, time, cancellationToken);
        if (job.WaitsForRoom)
            await due.RemoveWaitingAsync(job, cancellationToken);
    }

    private Task RemoveAsync(DueEntry entry, CancellationToken cancellationToken) => due.RemoveAsync(entry.Id, entry.Time, cancellationToken);

    private JobSnapshot Announced(JobSnapshot job)
    {
        if (job.Result is not null)
            completions.Announce(job.Job.Id);
        return job;
    }

    [LoggerMessage(LogLevel.Information, "Started job {JobId}, attempt {Attempt}: {Arn}")]
    private partial void LogStarted(JobId jobId, int attempt, string? arn);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} waits for capacity: {Reason}")]
    private partial void LogNoRoom(JobId jobId, string reason);

    [LoggerMessage(LogLevel.Information, "Settled job {JobId} without its worker: {Status} {Code}")]
    private partial void LogSettled(JobId jobId, string status, string? code);

    [LoggerMessage(LogLevel.Error, "Job {JobId} cannot be read; it will be checked again in an hour")]
    private partial void LogDamaged(Exception exception, JobId jobId);
}
