using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Why a task stopped before its worker wrote a result.</summary>
/// <param name="Error">The error of the job.</param>
/// <param name="IsTransient">Whether a new task for the same job may succeed.</param>
internal sealed record StopCause(JobError Error, bool IsTransient)
{
    /// <summary>The task was stopped from outside: by an operator, Fargate maintenance or a host failure.</summary>
    public static readonly StopCause Lost = Transient(JobErrorCode.TaskLost, "The task ended without a result. Create the job again.");

    /// <summary>The worker was killed or terminated, for an unknown reason.</summary>
    public static readonly StopCause Killed = Lost with { IsTransient = false };

    public static readonly StopCause Spot =
        Transient(JobErrorCode.SpotInterrupted, "Fargate Spot reclaimed the task's capacity. Create the job again.");

    public static readonly StopCause OutOfMemory =
        Permanent(JobErrorCode.OutOfMemory, "The task ran out of memory. Use a smaller video, or a task definition with more memory.");

    public static readonly StopCause ImagePull = Permanent(
        JobErrorCode.ImagePullFailed, "The image of the worker could not be pulled. Check that it exists and that the task can access its registry.");

    public static readonly StopCause NotStarted =
        Permanent(JobErrorCode.TaskFailedToStart, "The task could not be started. See task.stoppedReason for the cause.");

    /// <summary>The task could not be started because of capacity, IP addresses, a timeout or a quota.</summary>
    public static readonly StopCause NotStartedNow = NotStarted with { IsTransient = true };

    public static readonly StopCause NoResult = Permanent(JobErrorCode.InternalError, "The worker ended without a result. See its log for the cause.");

    public static readonly StopCause Crash = Permanent(JobErrorCode.InternalError, "The worker crashed. See its log for the cause.");

    private static StopCause Transient(JobErrorCode code, string message) => new(new JobError(code, message), true);

    private static StopCause Permanent(JobErrorCode code, string message) => new(new JobError(code, message), false);
}
