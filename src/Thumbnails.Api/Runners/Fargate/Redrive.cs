using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// Starts jobs that wait for room, oldest first, below the rate that an account has, until there is no room again. Any
/// number of processes may do so at once: a job's client token sees to it that it has one task.
/// </summary>
internal sealed partial class Redrive(QueuedJobs queued, TaskStarter starter, IObjectStore store, TimeProvider clock, ILogger<Redrive> logger)
{
    // RunTask on Fargate has 20 calls a second for all that the account does.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // Clients that poll a waiting job prompt a redrive, but not each of them, and not for long.
    private static readonly TimeSpan PromptedEvery = TimeSpan.FromSeconds(5), PromptedFor = TimeSpan.FromSeconds(2);

    private long _lastPrompt = clock.GetUtcNow().Ticks;

    /// <returns>How many jobs left the queue.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var started = 0;
        foreach (var (id, _) in await queued.ListAsync(cancellationToken))
        {
            if (!await StartAsync(id, cancellationToken))
                break;
            started++;
            await Task.Delay(Pace, clock, cancellationToken);
        }

        if (started > 0)
            LogRedriven(started);
        return started;
    }

    /// <summary>A short redrive, unless there was one just now.</summary>
    public async Task PromptAsync(CancellationToken cancellationToken)
    {
        var (last, now) = (Interlocked.Read(ref _lastPrompt), clock.GetUtcNow().Ticks);
        if (now - last < PromptedEvery.Ticks || Interlocked.CompareExchange(ref _lastPrompt, now, last) != last)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(PromptedFor);
        try
        {
            await RunAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The rest waits for the next one.
        }
    }

    private async Task<bool> StartAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken);
        if (job is not null
            && !await store.HasEndedAsync(id, cancellationToken)
            && await store.HeadAsync(ObjectKeys.Task(id), cancellationToken) is null)
            return await starter.StartAsync(job, cancellationToken);
        await queued.RemoveAsync(id, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Information, "Started {Count} jobs that had waited for room")]
    private partial void LogRedriven(int count);
}
