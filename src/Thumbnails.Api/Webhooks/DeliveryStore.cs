using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// The webhook records in the store: an object for each attempt, written only by the process that claimed it, and
/// <c>jobs/{id}/webhook.json</c> for the final state, or for the state in which a client requested a redelivery.
/// </summary>
internal sealed class DeliveryStore(IObjectStore store)
{
    /// <summary>The maximum number of attempts of a webhook, including requested ones. They are listed in one call.</summary>
    public const int MaxAttempts = 1000;

    /// <summary>Loads the webhook of a job that has ended.</summary>
    public async Task<Delivery> FindAsync(JobId id, JobCallback callback, CancellationToken cancellationToken)
    {
        var state = await FindStateAsync(id, cancellationToken);
        if (state is { Status: not DeliveryStatus.Pending })
            return new Delivery(state);
        var unsent = DeliveryState.Unsent(callback.Url);
        if (await FindAttemptAsync(id, 1, cancellationToken) is not { } attempt)
            return new Delivery(unsent);
        var number = await LastAttemptAsync(id, cancellationToken);
        if (number <= state?.Attempts)
            return new Delivery(state) { IsRequested = true };
        if (number > 1)
            attempt = await FindAttemptAsync(id, number, cancellationToken) ?? attempt;
        return attempt.EndedAt is null
            ? new Delivery(unsent with { Attempts = number, LastAttemptAt = attempt.StartedAt, LastError = DeliveryError.Interrupted }, attempt.StartedAt)
            : new Delivery(unsent.After(number, attempt));
    }

    /// <summary>Claims an attempt; returns false when another process has it.</summary>
    public Task<bool> ClaimAsync(JobId id, int number, DateTimeOffset now, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.WebhookAttempt(id, number), new DeliveryAttempt(now), StoredJson.Default.DeliveryAttempt, PutCondition.IfAbsent, cancellationToken);

    /// <summary>Stores the outcome of an attempt. Only the process that claimed it may call this.</summary>
    public Task RecordAsync(JobId id, int number, DeliveryAttempt attempt, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.WebhookAttempt(id, number), attempt, StoredJson.Default.DeliveryAttempt, PutCondition.None, cancellationToken);

    /// <summary>Stores the final state. The first one wins, until a redelivery is requested.</summary>
    public async Task EndAsync(JobId id, DeliveryState state, CancellationToken cancellationToken)
    {
        if (!await PutStateAsync(id, state, PutCondition.IfAbsent, cancellationToken)
            && await FindStateAsync(id, cancellationToken) is { Status: DeliveryStatus.Pending, Attempts: var attempts } && attempts < state.Attempts)
            await PutStateAsync(id, state, PutCondition.None, cancellationToken);
    }

    /// <summary>Records that a client requested a redelivery. Concurrent requests store the same record and lead to one attempt.</summary>
    /// <param name="id">The job.</param>
    /// <param name="state">The state after at least one attempt, none of which is in progress.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task RequestAsync(JobId id, DeliveryState state, CancellationToken cancellationToken) =>
        PutStateAsync(id, state, PutCondition.None, cancellationToken);

    private Task<DeliveryState?> FindStateAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Webhook(id), StoredJson.Default.DeliveryState, cancellationToken);

    private Task<bool> PutStateAsync(JobId id, DeliveryState state, PutCondition condition, CancellationToken cancellationToken) =>
        store.PutJsonAsync(ObjectKeys.Webhook(id), state, StoredJson.Default.DeliveryState, condition, cancellationToken);

    private Task<DeliveryAttempt?> FindAttemptAsync(JobId id, int number, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.WebhookAttempt(id, number), StoredJson.Default.DeliveryAttempt, cancellationToken);

    // Attempts are numbered without gaps.
    private async Task<int> LastAttemptAsync(JobId id, CancellationToken cancellationToken) =>
        (await store.ListAsync(ObjectKeys.WebhookAttempts(id), null, MaxAttempts, cancellationToken)).Count;
}
