using Thumbnails.Core.Jobs;
using Container = Amazon.ECS.Model.Container;
using EcsTask = Amazon.ECS.Model.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// Reads a job's state from its ECS task: from the status, then the stop code, then the exit code of the worker's container, then
/// the reason. Stop codes and statuses are open sets, and AWS adds containers of its own to a task.
/// </summary>
internal static class TaskOutcome
{
    // Killed and Terminated are 128 plus the signal; RunAgain is the worker's own (EX_TEMPFAIL).
    private const int Killed = 137, Terminated = 143, RunAgain = 75;

    public static TaskState Of(EcsTask task, string containerName)
    {
        var container = task.Containers?.Find(container => container.Name == containerName);
        var state = new TaskState(StatusOf(task))
        {
            StartedAt = Time(task.StartedAt),
            IsStopping = task.DesiredStatus == "STOPPED",
            Details = DetailsOf(task, container),
        };
        return HasStopped(task) ? Stopped(state, task, container) : state;
    }

    private static bool HasStopped(EcsTask task) => task.LastStatus is "STOPPED" or "DELETED";

    private static JobStatus StatusOf(EcsTask task) => task.LastStatus switch
    {
        "PROVISIONING" or "PENDING" or "ACTIVATING" => JobStatus.Starting,
        "RUNNING" or "DEACTIVATING" or "STOPPING" or "DEPROVISIONING" => JobStatus.Running,
        _ => task.StartedAt is null ? JobStatus.Starting : JobStatus.Running,
    };

    private static TaskState Stopped(TaskState state, EcsTask task, Container? container)
    {
        var cause = CauseOf(task, container);
        return state with { Status = JobStatus.Failed, StoppedAt = Time(task.StoppedAt) ?? Time(task.StartedAt) ?? DateTimeOffset.MinValue, Error = cause.Error, IsTransient = cause.IsTransient };
    }

    private static StopCause CauseOf(EcsTask task, Container? container) => task.StopCode?.Value switch
    {
        "SpotInterruption" => StopCause.Spot,
        // Sent before Fargate's maintenance as well.
        "TerminationNotice" => StoppedReason.MentionsSpot(task.StoppedReason) ? StopCause.Spot : StopCause.Lost,
        // An operator's: when the service itself stops a task, the job has its result already.
        "UserInitiated" or "ServiceSchedulerInitiated" or "InfrastructureHealth" => StopCause.Lost,
        "TaskFailedToStart" => NotStarted(task, container),
        _ => ByExitCode(task, container),
    };

    // A failure of ECS itself: it was given too late a report of the network interface, for one.
    private static StopCause NotStarted(EcsTask task, Container? container) =>
        ByReason(task, container) switch
        {
            null => StoppedReason.NotStarted(task.StoppedReason),
            var cause => cause == StopCause.Lost ? StopCause.NotStartedNow : cause,
        };

    private static StopCause ByExitCode(EcsTask task, Container? container) => container?.ExitCode switch
    {
        RunAgain => StopCause.Lost,
        0 => StopCause.NoResult,
        Killed or Terminated => ByReason(task, container) ?? StopCause.Killed,
        // The worker never ended: the cause, where none is named, was not the job.
        null => ByReason(task, container) ?? (StoppedReason.NotStarted(task.StoppedReason) is { IsTransient: true } cause ? cause : StopCause.Lost),
        _ => ByReason(task, container) ?? StopCause.Crash,
    };

    // The container's reason is the more exact one.
    private static StopCause? ByReason(EcsTask task, Container? container) =>
        StoppedReason.CauseOf(container?.Reason) ?? StoppedReason.CauseOf(task.StoppedReason);

    public static JobError Lost() => StopCause.Lost.Error;

    private static TaskDetails DetailsOf(EcsTask task, Container? container) => new()
    {
        Arn = task.TaskArn,
        LastStatus = task.LastStatus,
        DesiredStatus = task.DesiredStatus,
        StopCode = task.StopCode?.Value,
        StoppedReason = task.StoppedReason,
        ExitCode = container?.ExitCode,
    };

    private static DateTimeOffset? Time(DateTime? time) => time is { } value ? new DateTimeOffset(value.ToUniversalTime()) : null;
}
