using System.Collections.Concurrent;
using System.Threading.Channels;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Runners.Local;

/// <summary>
/// Runs each job's worker as a child process, a few at a time, the rest in order. What was not finished when the last
/// process ended, however it ended, is picked up again: the store tells which jobs have no result, and the worker's own
/// lock tells which of them still run.
/// </summary>
internal sealed partial class LocalTaskRunner(
    RunnerSettings.Local settings, WorkerProcess worker, IObjectStore store, JobIndex index, AwaitingJobs awaiting, SettleJob settle,
    JobCompletions completions, TimeProvider clock, ILogger<LocalTaskRunner> logger) : BackgroundService, ITaskRunner
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    // The worker keeps the limit itself and says so in its result; this is for one that hangs.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Channel<JobId> _queue = Channel.CreateUnbounded<JobId>();
    private readonly ConcurrentDictionary<JobId, LocalTask> _tasks = new();

    public Task CheckAsync(CancellationToken cancellationToken)
    {
        worker.Check();
        return Task.CompletedTask;
    }

    public Task StartAsync(Job job, CancellationToken cancellationToken)
    {
        Enqueue(job.Id);
        return Task.CompletedTask;
    }

    public Task<TaskState?> DescribeAsync(
        Job job, DateTimeOffset startableAt, TaskRecord? record, CancellationToken cancellationToken) => Task.FromResult(
        !_tasks.TryGetValue(job.Id, out var task) ? null
        : task.StartedAt is { } startedAt ? new TaskState(JobStatus.Running) { StartedAt = startedAt }
        : TaskState.Queued);

    public Task StopAsync(Job job, TaskRecord? record, CancellationToken cancellationToken) =>
        _tasks.TryGetValue(job.Id, out var task) ? task.CancelAsync() : Task.CompletedTask;

    // The queue is this process's own.
    public Task RedriveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var consumers = Enumerable.Range(0, settings.MaxParallel).Select(_ => ConsumeAsync(stoppingToken));
        await Task.WhenAll([.. consumers, RecoverAsync(stoppingToken)]);
    }

    private async Task RecoverAsync(CancellationToken stopping)
    {
        var unfinished = new Stack<JobId>();
        await foreach (var entry in index.ListAsync(null, stopping))
        {
            if (!entry.HasEnded)
                unfinished.Push(entry.Id);
        }

        // Looked up after the jobs: one whose video came in between has been started by whoever removed its mark.
        var waiting = (await awaiting.ListAsync(stopping)).Select(mark => mark.Id).ToHashSet();
        var ready = unfinished.Where(id => !waiting.Contains(id)).ToList();
        if (ready.Count > 0)
            LogRecovered(ready.Count);
        ready.ForEach(Enqueue);
    }

    private void Enqueue(JobId id)
    {
        if (_tasks.TryAdd(id, new LocalTask()))
            _queue.Writer.TryWrite(id);
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        await foreach (var id in _queue.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await RunAsync(id, _tasks[id], stopping);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogTrouble(exception, id);
                _ = RequeueAsync(id, stopping);
            }
        }
    }

    private async Task RunAsync(JobId id, LocalTask task, CancellationToken stopping)
    {
        if (!await store.HasEndedAsync(id, stopping))
        {
            var exit = await RunWorkerAsync(id, task, stopping);
            stopping.ThrowIfCancellationRequested();
            if (exit is WorkerExit.AlreadyRunning)
            {
                // A worker that outlived the process which started it; its result will come.
                task.StartedAt = clock.GetUtcNow();
                _ = RequeueAsync(id, stopping);
                return;
            }

            if (!await store.HasEndedAsync(id, stopping))
                await settle.RunAsync(id, JobResult.Failure(ErrorOf(exit), clock.GetUtcNow()) with { StartedAt = task.StartedAt }, stopping);
        }

        completions.Announce(id);
        _tasks.TryRemove(id, out _);
    }

    private async Task<WorkerExit> RunWorkerAsync(JobId id, LocalTask task, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, task.Token);
        limit.CancelAfter(settings.TimeLimit + Grace);
        task.StartedAt = clock.GetUtcNow();
        return await worker.RunAsync(id, limit.Token);
    }

    private JobError ErrorOf(WorkerExit exit) => exit switch
    {
        WorkerExit.Stopped => new JobError(JobErrorCode.TimedOut, $"The job took longer than {settings.TimeLimit.TotalSeconds} seconds."),
        WorkerExit.Killed => new JobError(JobErrorCode.OutOfMemory, "The worker was killed, most likely because memory ran out."),
        _ => new JobError(JobErrorCode.InternalError, "The worker broke."),
    };

    private async Task RequeueAsync(JobId id, CancellationToken stopping)
    {
        await Task.Delay(RetryAfter, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _queue.Writer.TryWrite(id);
    }

    [LoggerMessage(LogLevel.Information, "Picked up {Count} unfinished jobs")]
    private partial void LogRecovered(int count);

    [LoggerMessage(LogLevel.Error, "Job {JobId} could not be run; it will be tried again")]
    private partial void LogTrouble(Exception exception, JobId jobId);

    /// <summary>A job between being accepted and having a result. Canceling it stops its worker.</summary>
    private sealed class LocalTask : CancellationTokenSource
    {
        public DateTimeOffset? StartedAt { get; set; }
    }
}
