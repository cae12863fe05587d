using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>Runs each job as a task of its own, somewhere.</summary>
internal interface ITaskRunner
{
    /// <summary>Returns when tasks can be started.</summary>
    /// <exception cref="RunnerUnavailableException">They cannot; the message says why.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Starts a job's task, once, however often it is called. A job for which there is no room is started later; one that
    /// cannot be started at all is failed.
    /// </summary>
    Task StartAsync(Job job, CancellationToken cancellationToken);

    /// <summary>How far the task of a job without a result has come; null when the runner knows of none.</summary>
    /// <param name="job">The job.</param>
    /// <param name="startableAt">When it could start.</param>
    /// <param name="record">Its task, as far as the store knows.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TaskState?> DescribeAsync(Job job, DateTimeOffset startableAt, TaskRecord? record, CancellationToken cancellationToken);

    /// <summary>Stops a job's task; does nothing when it has none.</summary>
    Task StopAsync(Job job, TaskRecord? record, CancellationToken cancellationToken);

    /// <summary>Starts the jobs for which there was no room, as far as there is now.</summary>
    Task RedriveAsync(CancellationToken cancellationToken);
}

/// <summary>How far a task has come.</summary>
internal sealed record TaskState(JobStatus Status)
{
    public static readonly TaskState Queued = new(JobStatus.Queued);

    /// <summary>When its worker began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What ECS tells of it; null on one machine.</summary>
    public TaskDetails? Details { get; init; }

    /// <summary>Why it stopped, when its status is a final one: the worker did not come to say so itself.</summary>
    public JobError? Error { get; init; }

    /// <summary>Whether the cause of <see cref="Error"/> may pass, so that a new attempt may succeed.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How the job ended. Only for a state whose status is a final one.</summary>
    public JobResult ToResult(DateTimeOffset finishedAt) =>
        new() { Status = Status, StartedAt = StartedAt, FinishedAt = finishedAt, Error = Error, Task = Details };
}

/// <summary>The task that was started for a job, as <c>jobs/{id}/task.json</c> holds it.</summary>
/// <param name="Arn">The task's ARN.</param>
/// <param name="StartedAt">When it was started: PROVISIONING begins then.</param>
internal sealed record TaskRecord(string Arn, DateTimeOffset StartedAt);

/// <summary>The runner cannot start tasks.</summary>
internal sealed class RunnerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
