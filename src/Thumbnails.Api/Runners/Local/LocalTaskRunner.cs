using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners.Local;

/// <summary>
/// Runs each job's worker as a child process, at most <see cref="RunnerSettings.Local.MaxParallel"/> at a time. Workers that a
/// previous process left are not known, but hold the lock of their job until they end.
/// </summary>
internal sealed partial class LocalTaskRunner(
    RunnerSettings.Local settings, WorkerProcess worker, TimeProvider clock, ILogger<LocalTaskRunner> logger) : ITaskRunner, IAsyncDisposable
{
    private const int MaxEnded = 1000;

    private static readonly TaskState RunAgain = new(JobStatus.Failed) { AsksToRunAgain = true };

    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, LocalTask> _tasks = [];
    private readonly Queue<JobId> _ended = new();
    private readonly CancellationTokenSource _stopped = new();
    private int _running;

    /// <summary>Raised when a worker has ended.</summary>
    public event Action<JobId>? Ended;

    public bool IsShared => false;

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        worker.Check();
        return Task.CompletedTask;
    }

    public Task<StartOutcome> StartAsync(JobId id, int attempt, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_tasks.TryGetValue(id, out var task) && task.State.StoppedAt is null)
                return Task.FromResult<StartOutcome>(new StartOutcome.Started(task.State));
            if (_stopped.IsCancellationRequested || _running == settings.MaxParallel)
                return Task.FromResult<StartOutcome>(new StartOutcome.NoRoom($"{settings.MaxParallel} workers are running"));
            task = new LocalTask(new TaskState(JobStatus.Running) { StartedAt = clock.GetUtcNow() });
            _tasks[id] = task;
            _running++;
            task.Run = Task.Run(() => RunAsync(id, task), CancellationToken.None);
            return Task.FromResult<StartOutcome>(new StartOutcome.Started(task.State));
        }
    }

    public Task<TaskState?> DescribeAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult(_tasks.GetValueOrDefault(id)?.State);
    }

    public async Task StopAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken)
    {
        LocalTask? task;
        lock (_lock)
        {
            if (!_tasks.TryGetValue(id, out task) || task.State.StoppedAt is not null)
                return;
            task.State = task.State with { IsStopping = true };
        }

        await task.Stop.CancelAsync();
    }

    /// <summary>Stops all workers. Their jobs have no result and run again after the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        List<LocalTask> running;
        lock (_lock)
        {
            _stopped.Cancel();
            running = [.. _tasks.Values.Where(task => task.State.StoppedAt is null)];
        }

        foreach (var task in running)
            await task.Stop.CancelAsync();
        await Task.WhenAll(running.Select(task => task.Run));
    }

    private async Task RunAsync(JobId id, LocalTask task)
    {
        var end = await EndOfAsync(id, task.Stop.Token);
        lock (_lock)
        {
            _running--;
            task.State = end with { StartedAt = task.State.StartedAt, StoppedAt = clock.GetUtcNow() };
            Forget(id);
        }

        if (!_stopped.IsCancellationRequested)
            Ended?.Invoke(id);
    }

    // The end of a worker is processed as soon as it is announced, so it need not be kept for long.
    private void Forget(JobId ended)
    {
        _ended.Enqueue(ended);
        if (_ended.Count > MaxEnded && _ended.Dequeue() is var id && _tasks.TryGetValue(id, out var task) && task.State.StoppedAt is not null)
            _tasks.Remove(id);
    }

    private async Task<TaskState> EndOfAsync(JobId id, CancellationToken stop)
    {
        try
        {
            return await worker.RunAsync(id, stop) switch
            {
                WorkerExit.Done => Failed(JobErrorCode.InternalError, "The worker ended without a result. See its log for the cause."),
                WorkerExit.Killed => Failed(JobErrorCode.OutOfMemory, "The worker was killed, probably because it ran out of memory. Use a smaller video, or a machine with more memory."),
                WorkerExit.Failed => Failed(JobErrorCode.InternalError, "The worker crashed. See its log for the cause."),
                _ => RunAgain,
            };
        }
        catch (Exception exception)
        {
            LogNotRun(exception, id);
            return RunAgain;
        }
    }

    private static TaskState Failed(JobErrorCode code, string message) => new(JobStatus.Failed) { Error = new JobError(code, message) };

    private sealed class LocalTask(TaskState state)
    {
        public TaskState State { get; set; } = state;

        public CancellationTokenSource Stop { get; } = new();

        public Task Run { get; set; } = Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "The worker of job {JobId} could not be run; it will be retried")]
    private partial void LogNotRun(Exception exception, JobId jobId);
}
