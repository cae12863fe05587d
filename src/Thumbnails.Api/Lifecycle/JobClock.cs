using System.Collections.Concurrent;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Reconciles the jobs whose time has come. Its cost grows with what is due, not with how many jobs are open.</summary>
internal sealed partial class JobClock(DueJobs due, JobReconciler reconciler, WaitingJobs waiting, ILogger<JobClock> logger)
{
    // A store is far away; many requests to it at once are not too much for it.
    private const int AtOnce = 16;

    /// <summary>A tick: reconciles what is due, then starts the jobs that wait for room.</summary>
    /// <param name="budget">Begins nothing new after that, and returns: the rest is due at the next tick.</param>
    /// <exception cref="AggregateException">Some jobs could not be reconciled; the others were.</exception>
    public async Task TickAsync(CancellationToken budget)
    {
        var entries = await due.ListDueAsync(CancellationToken.None);
        await ReconcileAsync(entries.Where(entry => !entry.WaitsForRoom), budget);
        if (entries.Any(entry => entry.WaitsForRoom))
            await waiting.StartAsync(budget);
    }

    /// <summary>Reconciles every job that is not done, due or not: what a process that crashed left.</summary>
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
                // One job that fails keeps no other from its turn.
                failures.Enqueue(exception);
            }
        });
        if (!failures.IsEmpty)
            throw new AggregateException(failures);
    }

    [LoggerMessage(LogLevel.Information, "Picked up {Count} jobs that were not done")]
    private partial void LogRecovered(int count);
}
