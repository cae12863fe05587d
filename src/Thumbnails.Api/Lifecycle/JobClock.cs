using System.Collections.Concurrent;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Reconciles the jobs that are due. The cost depends on the number of due jobs, not on the number of open jobs.</summary>
internal sealed partial class JobClock(DueJobs due, JobReconciler reconciler, WaitingJobs waiting, ILogger<JobClock> logger)
{
    // The store is remote and handles many concurrent requests.
    private const int AtOnce = 16;

    /// <summary>Reconciles the due jobs, then starts the jobs that wait for capacity.</summary>
    /// <param name="budget">When canceled, starts nothing new and returns; the rest is due at the next tick.</param>
    /// <exception cref="AggregateException">Some jobs could not be reconciled; the others were.</exception>
    public async Task TickAsync(CancellationToken budget)
    {
        var entries = await due.ListDueAsync(CancellationToken.None);
        await ReconcileAsync(entries.Where(entry => !entry.WaitsForRoom), budget);
        if (entries.Any(entry => entry.WaitsForRoom))
            await waiting.StartAsync(budget);
    }

    /// <summary>Reconciles every job that is not done, due or not, to recover from a crash.</summary>
    /// <exception cref="AggregateException">Some jobs could not be reconciled; the others were.</exception>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var entries = new List<DueEntry>();
        await foreach (var entry in due.ListAsync(cancellationToken))
            entries.Add(entry);
        await ReconcileAsync(entries.Where(entry => !entry.WaitsForRoom), cancellationToken);
        await waiting.StartAsync(cancellationToken);
        if (entries.Count > 0)
            LogRecovered(entries.Count);
    }

    private async Task ReconcileAsync(IEnumerable<DueEntry> entries, CancellationToken budget)
    {
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (entry, _) =>
        {
            try
            {
                if (!budget.IsCancellationRequested)
                    await reconciler.RunAsync(entry, CancellationToken.None);
            }
            catch (Exception exception)
            {
                // A failure does not affect the other jobs.
                failures.Enqueue(exception);
            }
        });
        if (!failures.IsEmpty)
            throw new AggregateException(failures);
    }

    [LoggerMessage(LogLevel.Information, "Resumed {Count} unfinished jobs")]
    private partial void LogRecovered(int count);
}
