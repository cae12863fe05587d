using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Webhooks;

/// <summary>An attempt that somebody makes, as <c>jobs/{id}/webhook/{attempt}.json</c> holds it.</summary>
/// <param name="StartedAt">When it began.</param>
internal sealed record AttemptLease(DateTimeOffset StartedAt);

/// <summary>
/// What is known of webhooks, in the store: <c>webhooks/{id}</c> as long as one is owed, <c>jobs/{id}/webhook.json</c> once
/// it is not, and between them a claim for each attempt, which only one process can have.
/// </summary>
internal sealed class DeliveryStore(IObjectStore store, TimeProvider clock)
{
    // A mark is there just before its job.
    private static readonly TimeSpan OrphanedAfter = TimeSpan.FromHours(1);

    /// <summary>Marks a job that will owe a webhook; to be called before the job is stored, so that none is forgotten.</summary>
    public Task OweAsync(Job job, CancellationToken cancellationToken) => job.Callback is null
        ? Task.CompletedTask
        : PutOwedAsync(job.Id, DeliveryState.Unsent(job.Callback.Url), PutCondition.IfAbsent, cancellationToken);

    public async Task<DeliveryState> FindAsync(JobId id, JobCallback callback, CancellationToken cancellationToken) =>
        // The mark goes when the end is there: who finds neither looked between the two.
        await FindEndAsync(id, cancellationToken)
            ?? await FindOwedAsync(id, cancellationToken)
            ?? await FindEndAsync(id, cancellationToken)
            ?? DeliveryState.Unsent(callback.Url);

    /// <summary>The jobs that owe a webhook, or will when they have ended.</summary>
    public Task<IReadOnlyList<JobMark>> ListOwedAsync(CancellationToken cancellationToken) =>
        store.ListMarksAsync(ObjectKeys.OwedWebhooks, cancellationToken);

    /// <summary>Null when the job owes none.</summary>
    public Task<DeliveryState?> FindOwedAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.OwedWebhook(id), ApiJson.Default.DeliveryState, cancellationToken);

    /// <summary>Makes the attempt the caller's; false when another has it.</summary>
    public Task<bool> ClaimAsync(JobId id, int attempt, AttemptLease claim, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.WebhookAttempt(id, attempt), claim, ApiJson.Default.AttemptLease, PutCondition.IfAbsent, cancellationToken);

    public Task<AttemptLease?> FindClaimAsync(JobId id, int attempt, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.WebhookAttempt(id, attempt), ApiJson.Default.AttemptLease, cancellationToken);

    /// <summary>Writes down how an attempt ended. Once a webhook has come to its end, that stays.</summary>
    public async Task RecordAsync(JobId id, DeliveryState state, CancellationToken cancellationToken)
    {
        if (state.Status == DeliveryStatus.Pending)
        {
            await PutOwedAsync(id, state, PutCondition.None, cancellationToken);
            return;
        }

        await store.PutJsonAsync(ObjectKeys.Webhook(id), state, ApiJson.Default.DeliveryState, PutCondition.IfAbsent, cancellationToken);
        await ForgetAsync(id, cancellationToken);
    }

    public Task ForgetAsync(JobId id, CancellationToken cancellationToken) => store.DeleteAsync(ObjectKeys.OwedWebhook(id), cancellationToken);

    /// <summary>Removes a mark whose job was never stored: the process that wrote it died in between.</summary>
    public async Task ForgetOrphanAsync(JobMark mark, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - mark.MarkedAt > OrphanedAfter && await store.HeadAsync(ObjectKeys.Job(mark.Id), cancellationToken) is null)
            await ForgetAsync(mark.Id, cancellationToken);
    }

    private Task<DeliveryState?> FindEndAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Webhook(id), ApiJson.Default.DeliveryState, cancellationToken);

    private Task<bool> PutOwedAsync(JobId id, DeliveryState state, PutCondition condition, CancellationToken cancellationToken) =>
        store.PutJsonAsync(ObjectKeys.OwedWebhook(id), state, ApiJson.Default.DeliveryState, condition, cancellationToken);
}
