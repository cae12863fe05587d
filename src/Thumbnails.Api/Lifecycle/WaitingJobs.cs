using System.Diagnostics;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Starts the jobs that wait for capacity, oldest first, until there is no capacity left. Where other processes start tasks too, one
/// process at a time does so.
/// </summary>
internal sealed partial class WaitingJobs(DueJobs due, JobReconciler reconciler, ITaskRunner runner, StartLease lease, ILogger<WaitingJobs> logger)
{
    // Fargate allows an account 20 RunTask calls per second. A fifth is left for requests, which start their own jobs, and for
    // anything else in the account.
    private const int StartsPerSecond = 16;

    // A start takes a few requests to the remote store and ECS.
    private const int AtOnce = 32;

    private int _turn;
    private volatile bool _again;

    /// <param name="budget">When canceled, starts nothing new and returns; the rest waits for the next call.</param>
    public async Task StartAsync(CancellationToken budget)
    {
        // If a call is already running, it uses capacity that becomes free in the meantime.
        _again = true;
        while (_again && !budget.IsCancellationRequested && Interlocked.Exchange(ref _turn, 1) == 0)
        {
            try
            {
                _again = false;
                await StartAllAsync(budget);
            }
            finally
            {
                Interlocked.Exchange(ref _turn, 0);
            }
        }
    }

    private async Task StartAllAsync(CancellationToken budget)
    {
        var waiting = (await due.ListDueAsync(CancellationToken.None)).Where(entry => entry.WaitsForRoom).ToList();
        if (waiting.Count == 0)
            return;
        if (!runner.IsShared)
        {
            await StartAsync(waiting, TimeSpan.Zero, 1, budget);
            return;
        }

        await using var held = await lease.TryTakeAsync(budget);
        if (held is not null)
            await StartAsync(waiting, TimeSpan.FromSeconds(1) / StartsPerSecond, AtOnce, budget);
    }

    private async Task StartAsync(List<DueEntry> waiting, TimeSpan pace, int atOnce, CancellationToken budget)
    {
        var (hasRoom, started, begun) = (true, 0, Stopwatch.GetTimestamp());
        using var places = new SemaphoreSlim(atOnce);
        var starts = new List<Task>();
        for (var i = 0; i < waiting.Count && hasRoom && !budget.IsCancellationRequested; i++)
        {
            if (pace * i - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } early)
                await Task.Delay(early, CancellationToken.None);
            await places.WaitAsync(CancellationToken.None);
            if (hasRoom)
                starts.Add(StartOneAsync(waiting[i]));
        }

        await Task.WhenAll(starts);
        if (started > 0)
            LogStarted(started, waiting.Count);

        async Task StartOneAsync(DueEntry entry)
        {
            try
            {
                var job = await reconciler.RunAsync(entry, CancellationToken.None);
                if (job is { WaitsForRoom: true })
                    hasRoom = false;
                else
                    Interlocked.Increment(ref started);
            }
            catch (StorageException exception)
            {
                // The job keeps its entry and does not delay the ones after it.
                LogNotStarted(exception, entry.Id.ToString());
            }
            finally
            {
                places.Release();
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Started {Count} of {Waiting} jobs that waited for capacity")]
    private partial void LogStarted(int count, int waiting);

    [LoggerMessage(LogLevel.Error, "Job {JobId} could not be started; it will be retried")]
    private partial void LogNotStarted(Exception exception, string jobId);
}
