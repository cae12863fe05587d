using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>Runs each worker as a task. Has no queue and no timing rules; those belong to the lifecycle.</summary>
internal interface ITaskRunner
{
    /// <summary>
    /// Whether other processes start tasks under the same rate limit. Waiting jobs are then started at a limited rate, by one process
    /// at a time.
    /// </summary>
    bool IsShared { get; }

    /// <summary>Checks that tasks can be started.</summary>
    /// <exception cref="RunnerUnavailableException">Tasks cannot be started; the message contains the reason.</exception>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Starts the task of an attempt at a job. Starting it twice runs one task.</summary>
    /// <param name="id">The job.</param>
    /// <param name="attempt">The attempt, counted from 1.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<StartOutcome> StartAsync(JobId id, int attempt, CancellationToken cancellationToken);

    /// <summary>Returns the state of a job's task; null when the runner knows none, <see cref="TaskState.Unknown"/> when it cannot determine it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="record">The stored record of its task; null when there is none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TaskState?> DescribeAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken);

    /// <summary>Stops the task of a job, if it has one.</summary>
    /// <param name="id">The job.</param>
    /// <param name="record">The stored record of its task; null when there is none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task StopAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken);
}

/// <summary>The runner cannot start tasks.</summary>
internal sealed class RunnerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
