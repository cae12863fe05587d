using System.Text.Json;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Decides what a job needs next, from what is known and never from how one got there. Whoever acts on it (a request, an event, the
/// clock) may do so at any time, twice, or at once with another.
/// </summary>
internal static class JobLifecycle
{
    /// <summary>
    /// A job is looked at this long after it could start, then after twice that time, and so on. Usually an event comes first; the
    /// looks find a task whose event was lost, and a start that was interrupted.
    /// </summary>
    public static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    /// <summary>A task that starts this soon has its looks counted from when the job could start: its first entry exists by then.</summary>
    public static readonly TimeSpan StartWindow = TimeSpan.FromSeconds(5);

    /// <summary>An upload that began in time may end later: it gets a quarter of its URL's lifetime more, up to this.</summary>
    public static readonly TimeSpan MaxUploadGrace = TimeSpan.FromHours(1);
    private const int UploadGraceParts = 4;

    /// <summary>ECS reports a task as missing for a moment after its start, as well as an hour after its end.</summary>
    public static readonly TimeSpan MissingGrace = TimeSpan.FromMinutes(2);

    /// <summary>The worker keeps the time limit itself; one that has not ended by then hangs.</summary>
    public static readonly TimeSpan HangGrace = TimeSpan.FromSeconds(15);

    /// <summary>The pauses after an attempt that failed for a transient cause. After the last one the job fails.</summary>
    public static readonly TimeSpan[] AttemptGaps = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    /// <summary>The pause before a worker that asked for it is run again: another worker may have the job until then.</summary>
    public static readonly TimeSpan RunAgainGap = TimeSpan.FromSeconds(2);

    /// <summary>The pauses after failed attempts to deliver a webhook: Standard Webhooks' example, ten attempts in three days.</summary>
    public static readonly TimeSpan[] DeliveryGaps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>Much longer than an attempt to deliver may take: the process that made it no longer runs.</summary>
    public static readonly TimeSpan DeliveryLease = TimeSpan.FromMinutes(5);

    /// <summary>How long a webhook that cannot be signed waits for a secret.</summary>
    public static readonly TimeSpan NoSecretGap = TimeSpan.FromMinutes(10);

    /// <summary>How long a job whose records cannot be read is left alone.</summary>
    public static readonly TimeSpan DamagedGap = TimeSpan.FromHours(1);

    public static JobStep Next(JobSnapshot job, DateTimeOffset now) => job switch
    {
        { Result: not null } => AfterEnd(job, now),
        { AwaitsUpload: true } => UntilUploaded(job, now),
        { WaitsForRoom: true } => new JobStep.WaitForRoom(),
        { Task: null, Record: null } => new JobStep.Start(job.Attempt),
        { Task: null, Record: { } record } => AfterMissing(job, record, now),
        { Task: { StoppedAt: { } stoppedAt } task } => AfterStop(job, task, stoppedAt, now),
        { Task: var task } => WhileRunning(job, task, now),
    };

    private static JobStep UntilUploaded(JobSnapshot job, DateTimeOffset now) => UploadDeadline(job) is var deadline && now < deadline
        ? new JobStep.Wait(job.UploadIsAnnounced || NextLook(job, now) > deadline ? deadline : NextLook(job, now))
        : Fail(job, JobErrorCode.UploadMissing, "The video was not uploaded before its URL expired.", now);

    private static JobStep AfterMissing(JobSnapshot job, TaskRecord record, DateTimeOffset now) => now < record.StartedAt + MissingGrace
        ? new JobStep.Wait(NextLook(job, now))
        : Fail(job, JobErrorCode.TaskLost, "The task ended without a result.", now);

    private static JobStep AfterStop(JobSnapshot job, TaskState task, DateTimeOffset stoppedAt, DateTimeOffset now)
    {
        if (task.AsksToRunAgain)
            return Start(stoppedAt + RunAgainGap, job.Attempt, now);
        if (task.IsTransient && job.Attempt <= AttemptGaps.Length)
            return Start(stoppedAt + AttemptGaps[job.Attempt - 1], job.Attempt + 1, now);
        return new JobStep.Settle(Failure(job, task.Error!, now));
    }

    private static JobStep Start(DateTimeOffset at, int attempt, DateTimeOffset now) =>
        now < at ? new JobStep.Wait(at) : new JobStep.Start(attempt);

    private static JobStep WhileRunning(JobSnapshot job, TaskState task, DateTimeOffset now) => now < HangsAt(job, task)
        ? new JobStep.Wait(NextLook(job, now))
        : Fail(job, JobErrorCode.TimedOut, $"The job took longer than {job.Job.TimeoutSeconds} seconds.", now);

    private static JobStep AfterEnd(JobSnapshot job, DateTimeOffset now)
    {
        if (job.Task is { StoppedAt: null, IsStopping: false } task && task != TaskState.Unknown)
            return new JobStep.Stop();
        return job.Delivery switch
        {
            null or { IsFinal: true } => new JobStep.Done(),
            { LeasedAt: { } leasedAt } when now < leasedAt + DeliveryLease => new JobStep.Wait(leasedAt + DeliveryLease),
            { NextAttemptAt: { } next } when now < next => new JobStep.Wait(next),
            { Attempts: var attempts } when attempts > DeliveryGaps.Length => new JobStep.GiveUpDelivery(),
            { Attempts: var attempts } => new JobStep.Deliver(attempts + 1),
        };
    }

    /// <summary>When a job that waits for its upload fails.</summary>
    public static DateTimeOffset UploadDeadline(JobSnapshot job) =>
        job.ExtendedDeadline ?? UploadDeadline(job.Job, job.Job.UploadExpiresAt!.Value);

    /// <summary>When a job fails whose upload URLs expire at the given time.</summary>
    public static DateTimeOffset UploadDeadline(Job job, DateTimeOffset expiresAt)
    {
        var grace = TimeSpan.FromTicks((job.UploadExpiresAt!.Value - job.CreatedAt).Ticks / UploadGraceParts);
        return expiresAt + (grace < MaxUploadGrace ? grace : MaxUploadGrace);
    }

    /// <summary>The clock entry that a job is accepted with. A job that waits for an upload costs nothing until it, where an event reports the upload.</summary>
    public static DateTimeOffset FirstEntry(JobSnapshot job) => job.Job.UploadExpiresAt is { } expiresAt && job.UploadIsAnnounced
        ? UploadDeadline(job.Job, expiresAt)
        : job.Job.CreatedAt + FirstLookOf(job.Job);

    /// <summary>When a job that is started now is looked at for the first time.</summary>
    public static DateTimeOffset FirstLookAfter(JobSnapshot job, DateTimeOffset now) =>
        (now - job.StartableAt < StartWindow ? job.StartableAt : now) + FirstLookOf(job.Job);

    /// <summary>When a job with a task is looked at next: at a time that depends on the task alone, not on who asks.</summary>
    public static DateTimeOffset NextLook(JobSnapshot job, DateTimeOffset now)
    {
        var startedAt = job.Record?.StartedAt ?? job.Task?.StartedAt ?? job.Result?.StartedAt ?? job.StartableAt;
        var anchor = startedAt - job.StartableAt < StartWindow ? job.StartableAt : startedAt;
        var gap = FirstLookOf(job.Job);
        while (anchor + gap <= now)
            gap *= 2;
        return job.Task is { } task && HangsAt(job, task) is var hangsAt && hangsAt > now && hangsAt < anchor + gap ? hangsAt : anchor + gap;
    }

    /// <summary>
    /// The pause after a failed attempt to deliver a webhook, counted from 1; null after the last one.
    /// </summary>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="retryAfter">What the receiver asked for; respected up to a day.</param>
    public static TimeSpan? DeliveryGapAfter(int attempt, TimeSpan? retryAfter)
    {
        if (attempt > DeliveryGaps.Length)
            return null;
        var requested = retryAfter > DeliveryGaps[^1] ? DeliveryGaps[^1] : retryAfter ?? TimeSpan.Zero;
        // A tenth at random, so that what failed together does not come back together.
        var planned = DeliveryGaps[attempt - 1] * (1 + Random.Shared.NextDouble() / 10);
        return planned > requested ? planned : requested;
    }

    // Of a job with a short time limit, the first look finds a worker that hangs.
    private static TimeSpan FirstLookOf(Job job) => TimeSpan.FromSeconds(job.TimeoutSeconds) + HangGrace is var limit && limit < FirstLook ? limit : FirstLook;

    private static DateTimeOffset HangsAt(JobSnapshot job, TaskState task) => task.StartedAt is { } startedAt
        ? startedAt + TimeSpan.FromSeconds(job.Job.TimeoutSeconds) + HangGrace
        : DateTimeOffset.MaxValue;

    private static JobStep.Settle Fail(JobSnapshot job, JobErrorCode code, string message, DateTimeOffset now) =>
        new(Failure(job, new JobError(code, message), now));

    private static JobResult Failure(JobSnapshot job, JobError error, DateTimeOffset now) => JobResult.Failure(error, now) with
    {
        StartedAt = job.Task?.StartedAt,
        Attempt = job.Record is null && job.Task is null ? null : job.Attempt,
        Task = job.Task?.Details is { } details ? JsonSerializer.SerializeToElement(details, StoredJson.Default.TaskDetails) : null,
    };
}
