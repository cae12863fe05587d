using System.Text.Json;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Decides the next step of a job from its snapshot alone. A request, an event and the clock may act on a job at any time,
/// repeatedly and concurrently.
/// </summary>
internal static class JobLifecycle
{
    /// <summary>
    /// The clock checks a job this long after it could start, then after twice that time, and so on. Usually an event comes first; the
    /// checks find a task whose event was lost, and a start that was interrupted.
    /// </summary>
    public static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    /// <summary>The checks of a task that starts this soon are counted from when the job could start, because that clock entry exists already.</summary>
    public static readonly TimeSpan StartWindow = TimeSpan.FromSeconds(5);

    /// <summary>An upload that began in time may end later: it has an extra quarter of its URL's lifetime, up to this limit.</summary>
    public static readonly TimeSpan MaxUploadGrace = TimeSpan.FromHours(1);
    private const int UploadGraceParts = 4;

    /// <summary>ECS may report a task as missing just after its start, and does so about an hour after its end.</summary>
    public static readonly TimeSpan MissingGrace = TimeSpan.FromMinutes(2);

    /// <summary>The worker enforces the time limit itself; if it has not ended this long after it, it hangs.</summary>
    public static readonly TimeSpan HangGrace = TimeSpan.FromSeconds(15);

    /// <summary>The pauses after attempts that failed for a transient cause. The job fails after the last attempt.</summary>
    public static readonly TimeSpan[] AttemptGaps = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    /// <summary>The pause before a worker that requested it is run again, because another worker may still hold the job.</summary>
    public static readonly TimeSpan RunAgainGap = TimeSpan.FromSeconds(2);

    /// <summary>The pauses after failed delivery attempts: the example of Standard Webhooks, ten attempts in three days.</summary>
    public static readonly TimeSpan[] DeliveryGaps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>After this time, which is much longer than a delivery attempt takes, its process must have crashed.</summary>
    public static readonly TimeSpan DeliveryLease = TimeSpan.FromMinutes(5);

    /// <summary>How long a webhook waits when no secret is configured.</summary>
    public static readonly TimeSpan NoSecretGap = TimeSpan.FromMinutes(10);

    /// <summary>The interval between checks of a job with unreadable records.</summary>
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
        : Fail(job, JobErrorCode.TaskLost, "The task ended without a result. Create the job again.", now);

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
        : Fail(job, JobErrorCode.TimedOut, $"The job took longer than the limit of {job.Job.TimeoutSeconds} seconds.", now);

    private static JobStep AfterEnd(JobSnapshot job, DateTimeOffset now)
    {
        if (job.Task is { StoppedAt: null, IsStopping: false } task && task != TaskState.Unknown)
            return new JobStep.Stop();
        return job.Delivery switch
        {
            null or { IsFinal: true } => new JobStep.Done(),
            { LeasedAt: { } leasedAt } when now < leasedAt + DeliveryLease => new JobStep.Wait(leasedAt + DeliveryLease),
            { NextAttemptAt: { } next } when now < next => new JobStep.Wait(next),
            { IsRequested: false, Attempts: var attempts } when attempts > DeliveryGaps.Length => new JobStep.GiveUpDelivery(),
            { Attempts: var attempts } => new JobStep.Deliver(attempts + 1),
        };
    }

    /// <summary>Returns when a job fails if its video has not been uploaded.</summary>
    public static DateTimeOffset UploadDeadline(JobSnapshot job) =>
        job.ExtendedDeadline ?? UploadDeadline(job.Job, job.Job.UploadExpiresAt!.Value);

    /// <summary>Returns when a job fails if its upload URLs expire at the given time.</summary>
    public static DateTimeOffset UploadDeadline(Job job, DateTimeOffset expiresAt)
    {
        var grace = TimeSpan.FromTicks((job.UploadExpiresAt!.Value - job.CreatedAt).Ticks / UploadGraceParts);
        return expiresAt + (grace < MaxUploadGrace ? grace : MaxUploadGrace);
    }

    /// <summary>Returns the time of a new job's clock entry. Where events report uploads, a job that waits for one needs no check before its deadline.</summary>
    public static DateTimeOffset FirstEntry(JobSnapshot job) => job.Job.UploadExpiresAt is { } expiresAt && job.UploadIsAnnounced
        ? UploadDeadline(job.Job, expiresAt)
        : job.Job.CreatedAt + FirstLookOf(job.Job);

    /// <summary>Returns the time of the first check of a job that is started now.</summary>
    public static DateTimeOffset FirstLookAfter(JobSnapshot job, DateTimeOffset now) =>
        (now - job.StartableAt < StartWindow ? job.StartableAt : now) + FirstLookOf(job.Job);

    /// <summary>Returns the time of the next check of a job with a task. It depends only on the task, so that all callers get the same time.</summary>
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
    /// Returns the pause after a failed delivery attempt; null after the last one.
    /// </summary>
    /// <param name="attempt">The failed attempt, counted from 1.</param>
    /// <param name="retryAfter">The pause that the receiver requested, respected up to a day.</param>
    public static TimeSpan? DeliveryGapAfter(int attempt, TimeSpan? retryAfter)
    {
        if (attempt > DeliveryGaps.Length)
            return null;
        var requested = retryAfter > DeliveryGaps[^1] ? DeliveryGaps[^1] : retryAfter ?? TimeSpan.Zero;
        // Up to a tenth more at random, so that webhooks that failed together are not retried together.
        var planned = DeliveryGaps[attempt - 1] * (1 + Random.Shared.NextDouble() / 10);
        return planned > requested ? planned : requested;
    }

    // The first check of a job with a short time limit is at that limit, to find a worker that hangs.
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
