using Thumbnails.Core.Jobs;
using Container = Amazon.ECS.Model.Container;
using EcsTask = Amazon.ECS.Model.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// What an ECS task means for its job: by its status, then its stop code, then the exit code of the worker's container, then
/// the reason. Stop codes and statuses are open sets; AWS adds containers of its own to a task.
/// </summary>
internal static class TaskOutcome
{
    private const int Killed = 137, Terminated = 143;

    public static TaskState Of(EcsTask task, string containerName)
    {
        var container = task.Containers?.Find(container => container.Name == containerName);
        var state = new TaskState(StatusOf(task)) { StartedAt = Time(task.StartedAt), Details = DetailsOf(task, container) };
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
        if (task.StopCode?.Value == "UserInitiated")
            return state with { Status = JobStatus.Canceled };
        return state with { Status = JobStatus.Failed, Error = ErrorOf(task, container) };
    }

    private static JobError ErrorOf(EcsTask task, Container? container) => task.StopCode?.Value switch
    {
        "SpotInterruption" or "TerminationNotice" => Spot(),
        "TaskFailedToStart" => ByReason(task, container) ?? NotStarted(),
        "ServiceSchedulerInitiated" or "InfrastructureHealth" => Lost(),
        _ => ByExitCode(task, container) ?? ByReason(task, container) ?? Lost(),
    };

    private static JobError? ByExitCode(EcsTask task, Container? container) => container?.ExitCode switch
    {
        null => null,
        // A kill without that reason was not for memory: most often a stop that took too long.
        Killed => ByReason(task, container) ?? Lost(),
        Terminated => ByReason(task, container) ?? Lost(),
        0 => new JobError(JobErrorCode.InternalError, "The worker ended without a result."),
        _ => ByReason(task, container) ?? new JobError(JobErrorCode.InternalError, "The worker broke."),
    };

    // Reasons begin with a category; the container's is the more exact one.
    private static JobError? ByReason(EcsTask task, Container? container) =>
        OfCategory(CategoryOf(container?.Reason)) ?? OfCategory(CategoryOf(task.StoppedReason));

    private static JobError? OfCategory(string? category) => category switch
    {
        "OutOfMemoryError" => new JobError(JobErrorCode.OutOfMemory, "The task's memory was not enough for this video."),
        "CannotPullContainerError" => new JobError(JobErrorCode.ImagePullFailed, "The worker's image could not be pulled."),
        "SpotInterruptionError" => Spot(),
        "ResourceInitializationError" or "CannotStartContainerError" or "CannotCreateContainerError" or "ContainerRuntimeTimeoutError"
            or "ContainerRuntimeError" or "TaskFailedToStart" => NotStarted(),
        "InternalError" => Lost(),
        _ => null,
    };

    private static string? CategoryOf(string? reason) => reason?.Split(':')[0].Trim();

    private static JobError Spot() => new(JobErrorCode.SpotInterrupted, "Fargate Spot took the task's capacity back. Try again.");

    private static JobError NotStarted() => new(JobErrorCode.TaskFailedToStart, "The task could not be started.");

    public static JobError Lost() => new(JobErrorCode.TaskLost, "The task ended without a result.");

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
