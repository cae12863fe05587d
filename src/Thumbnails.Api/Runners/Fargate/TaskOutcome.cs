using Thumbnails.Core.Jobs;
using Container = Amazon.ECS.Model.Container;
using EcsTask = Amazon.ECS.Model.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// Derives a job's state from its ECS task: from the status, then the stop code, then the exit code of the worker's container, then
/// the reason. AWS may add statuses, stop codes and containers of its own.
/// </summary>
internal static class TaskOutcome
{
    // Killed and Terminated are 128 plus the signal number; RunAgain is the worker's own code (EX_TEMPFAIL).
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
        // Also sent before Fargate maintenance.
        "TerminationNotice" => StoppedReason.MentionsSpot(task.StoppedReason) ? StopCause.Spot : StopCause.Lost,
        // Stopped by an operator. When the service itself stops a task, the job already has its result.
        "UserInitiated" or "ServiceSchedulerInitiated" or "InfrastructureHealth" => StopCause.Lost,
        "TaskFailedToStart" => NotStarted(task, container),
        _ => ByExitCode(task, container),
    };

    // A failure of ECS itself, such as a late report of the network interface.
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
        // The worker did not exit, so an unnamed cause is not the job's.
        null => ByReason(task, container) ?? (StoppedReason.NotStarted(task.StoppedReason) is { IsTransient: true } cause ? cause : StopCause.Lost),
        _ => ByReason(task, container) ?? StopCause.Crash,
    };

    // The container's reason is more specific.
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
