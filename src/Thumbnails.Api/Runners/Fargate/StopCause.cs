using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Why a task stopped before its worker wrote a result.</summary>
/// <param name="Error">The error that the job shows.</param>
/// <param name="IsTransient">Whether a new task for the same job may succeed.</param>
internal sealed record StopCause(JobError Error, bool IsTransient)
{
    /// <summary>Someone or something outside the task ended it: an operator, Fargate's maintenance, a failed host.</summary>
    public static readonly StopCause Lost = Transient(JobErrorCode.TaskLost, "The task ended without a result.");

    /// <summary>The worker was killed or terminated, for an unknown reason.</summary>
    public static readonly StopCause Killed = Lost with { IsTransient = false };

    public static readonly StopCause Spot =
        Transient(JobErrorCode.SpotInterrupted, "Fargate Spot took the task's capacity back. Create the job again.");

    public static readonly StopCause OutOfMemory =
        Permanent(JobErrorCode.OutOfMemory, "The task's memory was not enough for this video.");

    public static readonly StopCause ImagePull = Permanent(
        JobErrorCode.ImagePullFailed, "The worker's image could not be pulled. Check that it exists, and that the task can reach and read its registry.");

    public static readonly StopCause NotStarted =
        Permanent(JobErrorCode.TaskFailedToStart, "The task could not be started. See task.stoppedReason for the cause.");

    /// <summary>The task could not be started for want of capacity, of an address, of time, or of quota.</summary>
    public static readonly StopCause NotStartedNow = NotStarted with { IsTransient = true };

    public static readonly StopCause NoResult = Permanent(JobErrorCode.InternalError, "The worker ended without a result.");

    public static readonly StopCause Crash = Permanent(JobErrorCode.InternalError, "The worker crashed.");

    private static StopCause Transient(JobErrorCode code, string message) => new(new JobError(code, message), true);

    private static StopCause Permanent(JobErrorCode code, string message) => new(new JobError(code, message), false);
}
