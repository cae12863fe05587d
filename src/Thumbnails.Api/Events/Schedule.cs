using System.Collections.Concurrent;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api.Events;

/// <summary>What is due every minute: what nobody asks for, and no event tells of.</summary>
internal sealed class Schedule(ITaskRunner runner, AwaitingJobs awaiting, AwaitedUploads uploads, WebhookDelivery webhooks)
{
    // A store is far away; many of them at once are not too much for it.
    private const int AtOnce = 16;

    /// <exception cref="AggregateException">Some of it failed; the rest was done.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<Exception>();
        await Task.WhenAll(
            AttemptAsync(() => runner.RedriveAsync(cancellationToken), failures),
            AttemptAsync(() => CheckUploadsAsync(failures, cancellationToken), failures),
            AttemptAsync(() => webhooks.RetryDueAsync(cancellationToken), failures));
        cancellationToken.ThrowIfCancellationRequested();
        if (!failures.IsEmpty)
            throw new AggregateException(failures);
    }

    private async Task CheckUploadsAsync(ConcurrentQueue<Exception> failures, CancellationToken cancellationToken)
    {
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(await awaiting.ListAsync(cancellationToken), limits, async (mark, token) =>
            await AttemptAsync(() => uploads.CheckAsync(mark, token), failures));
    }

    // One thing that cannot be done must not keep all others from being done.
    private static async Task AttemptAsync(Func<Task> action, ConcurrentQueue<Exception> failures)
    {
        try
        {
            await action();
        }
        catch (Exception exception)
        {
            failures.Enqueue(exception);
        }
    }
}
