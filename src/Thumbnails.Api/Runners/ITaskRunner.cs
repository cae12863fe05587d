using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>Runs each job as a task of its own, somewhere.</summary>
internal interface ITaskRunner
{
    /// <summary>Returns when tasks can be started.</summary>
    /// <exception cref="RunnerUnavailableException">They cannot; the message says why.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Starts a job's task, once, however often it is called.</summary>
    Task StartAsync(Job job, CancellationToken cancellationToken);

    /// <summary>How far the task of a job without a result has come; null when the runner knows of none.</summary>
    Task<TaskState?> DescribeAsync(Job job, CancellationToken cancellationToken);

    /// <summary>Stops a job's task; does nothing when it has none.</summary>
    Task StopAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>How far a task has come.</summary>
/// <param name="Status">Queued, starting or running.</param>
/// <param name="StartedAt">When its worker began.</param>
internal sealed record TaskState(JobStatus Status, DateTimeOffset? StartedAt = null)
{
    public static readonly TaskState Queued = new(JobStatus.Queued);
}

/// <summary>The runner cannot start tasks.</summary>
internal sealed class RunnerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
