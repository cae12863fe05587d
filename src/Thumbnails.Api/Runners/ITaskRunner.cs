using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>Runs workers, each as a task of its own. Keeps no queue and has no timing rules: those are the lifecycle's.</summary>
internal interface ITaskRunner
{
    /// <summary>
    /// Whether other processes start tasks in the same place, within a rate that they share. Waiting jobs are then started at a
    /// limited pace, and by one process at a time.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Returns when tasks can be started.</summary>
    /// <exception cref="RunnerUnavailableException">They cannot; the message says why.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Starts the task of an attempt at a job. Started twice, it is one task.</summary>
    /// <param name="id">The job.</param>
    /// <param name="attempt">The attempt, counted from 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<StartOutcome> StartAsync(JobId id, int attempt, CancellationToken cancellationToken);

    /// <summary>The state of a job's task; null when the runner knows of none, <see cref="TaskState.Unknown"/> when it cannot say.</summary>
    /// <param name="id">The job.</param>
    /// <param name="record">Its task, as the store knows it; null when the store knows none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TaskState?> DescribeAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken);

    /// <summary>Stops a job's task; does nothing when it has none.</summary>
    /// <param name="id">The job.</param>
    /// <param name="record">Its task, as the store knows it; null when the store knows none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task StopAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken);
}

/// <summary>The runner cannot start tasks.</summary>
internal sealed class RunnerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
