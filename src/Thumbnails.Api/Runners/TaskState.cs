using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>The state of a task, in the job's terms: starting, running, or failed when it stopped without a result.</summary>
internal sealed record TaskState(JobStatus Status)
{
    /// <summary>How long a state is considered current, because ECS limits an account to 20 calls per second.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(3);

    /// <summary>The runner could not be reached, so the state is not known.</summary>
    public static readonly TaskState Unknown = new(JobStatus.Starting);

    /// <summary>When its worker started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it stopped; null while it has not.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Whether it has been requested to stop.</summary>
    public bool IsStopping { get; init; }

    /// <summary>The details that ECS reports; null on a single machine.</summary>
    public TaskDetails? Details { get; init; }

    /// <summary>Why it stopped without a result.</summary>
    public JobError? Error { get; init; }

    /// <summary>Whether the cause of <see cref="Error"/> is transient, so that a new attempt may succeed.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether the worker requested to be run again, which does not count as an attempt.</summary>
    public bool AsksToRunAgain { get; init; }
}

/// <summary>The task that was started for an attempt at a job, as <c>jobs/{id}/task.json</c> holds it.</summary>
/// <param name="Arn">The task's ARN.</param>
/// <param name="StartedAt">When RunTask accepted it.</param>
/// <param name="LastStatus">Its status then.</param>
internal sealed record TaskRecord(string Arn, DateTimeOffset StartedAt, string? LastStatus = null)
{
    /// <summary>The state of the task just after its start.</summary>
    public TaskState ToState() => new(LastStatus == "RUNNING" ? JobStatus.Running : JobStatus.Starting) { Details = new TaskDetails { Arn = Arn, LastStatus = LastStatus } };
}

/// <summary>A task state that an event reported, as <c>jobs/{id}/state.json</c> holds it.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="State">The state.</param>
internal sealed record TaskSighting(DateTimeOffset At, TaskState State);
