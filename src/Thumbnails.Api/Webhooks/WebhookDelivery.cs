using System.Text.Json;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// Tells receivers of jobs that have ended. All that it needs to know lies in the store, so any process may do it at any
/// time, any number of them at once: an attempt is claimed before it is made.
/// </summary>
internal sealed partial class WebhookDelivery(
    IObjectStore store, JobRecords records, JobPresenter presenter, DeliveryStore states, WebhookClient client, WebhookSettings settings,
    TimeProvider clock, ILogger<WebhookDelivery> logger)
{
    private const int AtOnce = 16;

    // Far longer than an attempt may take: whoever claimed it does not live any more.
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(5);

    // The schedule comes back in a minute, and does other things too: what is not begun by then waits for it.
    private static readonly TimeSpan RetriesBeginWithin = TimeSpan.FromSeconds(40);

    /// <summary>Sends the webhook of a job that has ended, when it has one and that is due; does nothing otherwise.</summary>
    public async Task DeliverAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken) is not { Callback: { } callback } job
            || !await store.HasEndedAsync(id, cancellationToken))
            return;
        var state = await states.FindAsync(job.Id, callback, cancellationToken);
        if (state.Status != DeliveryStatus.Pending)
            await states.ForgetAsync(id, cancellationToken);
        else if (settings.Secrets.Count == 0)
            LogNoSecret(id);
        else if (IsDue(state) && await ClaimAsync(id, state, cancellationToken) is { } attempt)
            await SendAsync(id, callback, state, attempt, cancellationToken);
    }

    /// <summary>Sends every webhook that is due, the first attempts that nobody made as well as the repeated ones.</summary>
    public async Task RetryDueAsync(CancellationToken cancellationToken)
    {
        var owed = await states.ListOwedAsync(cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        var started = clock.GetTimestamp();
        await Parallel.ForEachAsync(owed, limits, async (mark, token) =>
        {
            if (clock.GetElapsedTime(started) < RetriesBeginWithin)
                await RetryAsync(mark, token);
        });
    }

    // One that the store fails must not keep the others waiting: its turn comes again in a minute.
    private async Task RetryAsync(JobMark mark, CancellationToken cancellationToken)
    {
        try
        {
            if (await states.FindOwedAsync(mark.Id, cancellationToken) is not { } state || !IsDue(state))
                return;
            await DeliverAsync(mark.Id, cancellationToken);
            await states.ForgetOrphanAsync(mark, cancellationToken);
        }
        catch (StorageException exception)
        {
            LogStorage(exception, mark.Id);
        }
    }

    private bool IsDue(DeliveryState state) => state.NextAttemptAt is not { } time || time <= clock.GetUtcNow();

    /// <returns>The attempt that is the caller's to make; null when another makes it.</returns>
    private async Task<int?> ClaimAsync(JobId id, DeliveryState state, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        for (var attempt = state.Attempts + 1; attempt <= RetrySchedule.MaxAttempts; attempt++)
        {
            if (await states.ClaimAsync(id, attempt, new AttemptLease(now), cancellationToken))
                return attempt;
            if ((await states.FindClaimAsync(id, attempt, cancellationToken))?.StartedAt > now - AbandonedAfter)
                return null;
            LogAbandoned(id, attempt);
        }

        await states.RecordAsync(id, state.After(RetrySchedule.MaxAttempts, AttemptResult.Interrupted, now), cancellationToken);
        return null;
    }

    private async Task SendAsync(JobId id, JobCallback callback, DeliveryState state, int attempt, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(id, cancellationToken) is not { } record)
            return;
        // Afresh for each attempt, because the addresses of its pictures expire.
        var shown = await presenter.ShowAsync(record, callback.ApiAddress, cancellationToken);
        var payload = JsonSerializer.SerializeToUtf8Bytes(shown, ApiJson.Default.JobResponse);
        var answer = await client.SendAsync(callback.Url, id.ToString(), payload, cancellationToken);
        var outcome = state.After(attempt, answer, clock.GetUtcNow());
        if (outcome.Status == DeliveryStatus.Delivered)
            LogDelivered(id, attempt);
        else
            LogFailed(id, attempt, SnakeCase.Of(answer.Error!.Value), answer.StatusCode, outcome.NextAttemptAt);
        await states.RecordAsync(id, outcome, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Information, "The webhook of job {JobId} was delivered with attempt {Attempt}")]
    private partial void LogDelivered(JobId jobId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} to deliver the webhook of job {JobId} failed: {Error} {StatusCode}; the next one is due at {NextAttemptAt}")]
    private partial void LogFailed(JobId jobId, int attempt, string error, int? statusCode, DateTimeOffset? nextAttemptAt);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} to deliver the webhook of job {JobId} was interrupted")]
    private partial void LogAbandoned(JobId jobId, int attempt);

    [LoggerMessage(LogLevel.Error, "The webhook of job {JobId} waits: there is no Webhooks:Secret to sign it with")]
    private partial void LogNoSecret(JobId jobId);

    [LoggerMessage(LogLevel.Error, "The webhook of job {JobId} could not be dealt with; it will be looked at again in a minute")]
    private partial void LogStorage(Exception exception, JobId jobId);
}
