using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// The webhook records in the store: an object for each attempt, written only by the process that claimed it, and
/// <c>jobs/{id}/webhook.json</c> for the final state.
/// </summary>
internal sealed class DeliveryStore(IObjectStore store)
{
    /// <summary>Loads the webhook of a job that has ended.</summary>
    public async Task<Delivery> FindAsync(JobId id, JobCallback callback, CancellationToken cancellationToken)
    {
        if (await store.GetJsonAsync(ObjectKeys.Webhook(id), StoredJson.Default.DeliveryState, cancellationToken) is { } final)
            return new Delivery(final);
        var unsent = DeliveryState.Unsent(callback.Url);
        if (await FindAttemptAsync(id, 1, cancellationToken) is not { } attempt)
            return new Delivery(unsent);
        var number = await LastAttemptAsync(id, cancellationToken);
        if (number > 1)
            attempt = await FindAttemptAsync(id, number, cancellationToken) ?? attempt;
        return attempt.EndedAt is null
            ? new Delivery(unsent with { Attempts = number, LastAttemptAt = attempt.StartedAt, LastError = DeliveryError.Interrupted }, attempt.StartedAt)
            : new Delivery(unsent.After(number, attempt));
    }

    /// <summary>Claims an attempt; returns false when another process has it.</summary>
    public Task<bool> ClaimAsync(JobId id, int number, DateTimeOffset now, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.WebhookAttempt(id, number), new DeliveryAttempt(now), StoredJson.Default.DeliveryAttempt, PutCondition.IfAbsent, cancellationToken);

    /// <summary>Stores the outcome of a failed attempt that another one follows. Only the process that claimed it may call this.</summary>
    public Task RecordAsync(JobId id, int number, DeliveryAttempt attempt, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.WebhookAttempt(id, number), attempt, StoredJson.Default.DeliveryAttempt, PutCondition.None, cancellationToken);

    /// <summary>Stores the final state. The first one wins.</summary>
    public Task EndAsync(JobId id, DeliveryState state, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.Webhook(id), state, StoredJson.Default.DeliveryState, PutCondition.IfAbsent, cancellationToken);

    private Task<DeliveryAttempt?> FindAttemptAsync(JobId id, int number, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.WebhookAttempt(id, number), StoredJson.Default.DeliveryAttempt, cancellationToken);

    // Attempts are numbered without gaps.
    private async Task<int> LastAttemptAsync(JobId id, CancellationToken cancellationToken) =>
        (await store.ListAsync(ObjectKeys.WebhookAttempts(id), null, 100, cancellationToken)).Count;
}
