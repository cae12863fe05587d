using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

/// <summary>A table of the next step of a job. Times are seconds since the job was accepted.</summary>
public sealed class JobLifecycleTests
{
    private static readonly DateTimeOffset Accepted = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    private static readonly JobSnapshot Fresh = new(new Job
    {
        Id = JobId.New(TimeProvider.System),
        VideoKey = ObjectKey.Parse("videos/a.mp4"),
        Frames = [new FrameRequest { Position = FramePosition.Parse("1"), OutputName = OutputName.Parse("a.png") }],
        CreatedAt = Accepted,
        TimeoutSeconds = 900,
    });

    private static readonly JobSnapshot Awaiting = Fresh with { Job = Fresh.Job with { UploadExpiresAt = At(3600) }, UploadIsAnnounced = true };
    private static readonly JobSnapshot Recorded = Fresh with { Record = new TaskRecord("arn", At(1)) };
    private static readonly TaskState Running = new(JobStatus.Running) { StartedAt = At(30) };
    private static readonly JobSnapshot Ended = Recorded with { Result = new JobResult { Status = JobStatus.Succeeded, FinishedAt = At(40) } };
    private static readonly JobSnapshot Owing = Ended with { Delivery = new Delivery(DeliveryState.Unsent(new Uri("https://example.com/"))) };

    private static readonly Dictionary<string, (JobSnapshot Job, double Now, JobStep Step)> Steps = new()
    {
        { "accepted", (Fresh, 0, new JobStep.Start(1)) },
        { "accepted, a start was lost", (Fresh, 5000, new JobStep.Start(1)) },
        { "no room", (Fresh with { WaitsForRoom = true }, 5000, new JobStep.WaitForRoom()) },
        { "awaits its upload", (Awaiting, 10, Wait(4500)) },
        { "awaits an upload that no event reports", (Awaiting with { UploadIsAnnounced = false }, 130, Wait(240)) },
        { "uploaded", (Awaiting with { UploadedAt = At(100) }, 101, new JobStep.Start(1)) },
        { "uploaded late, event lost", (Awaiting with { UploadedAt = At(100) }, 9000, new JobStep.Start(1)) },
        { "upload resumed", (Awaiting with { ExtendedDeadline = At(6000) }, 4600, Wait(6000)) },
        { "starting", (Recorded with { Task = new TaskState(JobStatus.Starting) }, 30, Wait(60)) },
        { "running", (Recorded with { Task = Running }, 70, Wait(120)) },
        { "running, not asked", (Recorded with { Task = TaskState.Unknown }, 130, Wait(240)) },
        { "running, about to hang", (Recorded with { Task = Running }, 500, Wait(945)) },
        { "running on one machine", (Fresh with { Task = Running with { StartedAt = At(1) } }, 2, Wait(60)) },
        { "missing at first", (Recorded, 100, Wait(120)) },
        { "stopped, may pass", (Recorded with { Task = Stopped(200, isTransient: true) }, 205, Wait(210)) },
        { "stopped, has passed", (Recorded with { Task = Stopped(200, isTransient: true) }, 211, new JobStep.Start(2)) },
        { "stopped again", (Recorded with { Attempt = 2, Task = Stopped(300, isTransient: true) }, 320, Wait(360)) },
        { "stopped again, has passed", (Recorded with { Attempt = 2, Task = Stopped(300, isTransient: true) }, 361, new JobStep.Start(3)) },
        { "asks to be run again", (Fresh with { Task = Stopped(10) with { AsksToRunAgain = true, Error = null } }, 11, Wait(12)) },
        { "is run again", (Fresh with { Attempt = 1, Task = Stopped(10) with { AsksToRunAgain = true, Error = null } }, 13, new JobStep.Start(1)) },
        { "ended", (Ended, 41, new JobStep.Done()) },
        { "canceled, still runs", (Ended with { Task = Running }, 41, new JobStep.Stop()) },
        { "canceled, stops", (Ended with { Task = Running with { IsStopping = true } }, 41, new JobStep.Done()) },
        { "canceled, stopped", (Ended with { Task = Stopped(41) }, 42, new JobStep.Done()) },
        { "owes a webhook", (Owing, 41, new JobStep.Deliver(1)) },
        { "webhook on its way", (Owing with { Delivery = Attempted(1, At(50), null) }, 60, Wait(350)) },
        { "webhook interrupted", (Owing with { Delivery = Attempted(1, At(50), null) }, 351, new JobStep.Deliver(2)) },
        { "webhook failed", (Owing with { Delivery = Attempted(1, null, At(55)) }, 51, Wait(55)) },
        { "webhook due again", (Owing with { Delivery = Attempted(1, null, At(55)) }, 55, new JobStep.Deliver(2)) },
        { "webhook requested again after the last attempt", (Owing with { Delivery = Attempted(10, null, At(60)) with { IsRequested = true } }, 60, new JobStep.Deliver(11)) },
        { "webhook interrupted at the last attempt", (Owing with { Delivery = Attempted(10, At(50), null) }, 351, new JobStep.GiveUpDelivery()) },
        { "webhook delivered", (Owing with { Delivery = new Delivery(Owing.Delivery!.State with { Status = DeliveryStatus.Delivered }) }, 60, new JobStep.Done()) },
    };

    public static TheoryData<string> StepSituations => [.. Steps.Keys];

    [Theory]
    [MemberData(nameof(StepSituations))]
    public void The_next_step_of_a_job_follows_from_its_snapshot(string situation)
    {
        var (job, now, step) = Steps[situation];
        Assert.Equal(step, JobLifecycle.Next(job, At(now)));
    }

    private static readonly Dictionary<string, (JobSnapshot Job, double Now, JobErrorCode Code)> Failures = new()
    {
        { "never uploaded", (Awaiting, 4500, JobErrorCode.UploadMissing) },
        { "missing for good", (Recorded, 122, JobErrorCode.TaskLost) },
        { "hangs", (Recorded with { Task = Running }, 946, JobErrorCode.TimedOut) },
        { "stopped for good", (Recorded with { Task = Stopped(200) }, 200, JobErrorCode.OutOfMemory) },
        { "stopped a third time", (Recorded with { Attempt = 3, Task = Stopped(200, isTransient: true) }, 9000, JobErrorCode.OutOfMemory) },
    };

    public static TheoryData<string> FailureSituations => [.. Failures.Keys];

    [Theory]
    [MemberData(nameof(FailureSituations))]
    public void A_job_that_cannot_proceed_fails(string situation)
    {
        var (job, now, code) = Failures[situation];
        var result = Assert.IsType<JobStep.Settle>(JobLifecycle.Next(job, At(now))).Result;
        Assert.Equal((JobStatus.Failed, code, At(now)), (result.Status, result.Error!.Code, result.FinishedAt));
    }

    [Fact]
    public void A_job_that_starts_immediately_has_its_first_clock_entry_from_the_beginning()
    {
        Assert.Equal(JobLifecycle.FirstEntry(Fresh), JobLifecycle.FirstLookAfter(Fresh, At(2)));
        Assert.Equal(JobLifecycle.FirstEntry(Fresh), JobLifecycle.NextLook(Recorded, At(20)));
        Assert.Equal(At(160), JobLifecycle.FirstLookAfter(Fresh, At(100)));
    }

    private static DateTimeOffset At(double seconds) => Accepted.AddSeconds(seconds);

    private static JobStep.Wait Wait(double seconds) => new(At(seconds));

    private static TaskState Stopped(double at, bool isTransient = false) => new(JobStatus.Failed)
    {
        StoppedAt = At(at),
        IsTransient = isTransient,
        Error = new JobError(JobErrorCode.OutOfMemory, "no"),
    };

    private static Delivery Attempted(int attempts, DateTimeOffset? leasedAt, DateTimeOffset? next) =>
        new(Owing.Delivery!.State with { Attempts = attempts, NextAttemptAt = next }, leasedAt);
}
