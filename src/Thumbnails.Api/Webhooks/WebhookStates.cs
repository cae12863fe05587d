using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Webhooks;

/// <summary>An attempt that somebody makes, as <c>jobs/{id}/webhook/{attempt}.json</c> holds it.</summary>
/// <param name="StartedAt">When it began.</param>
internal sealed record WebhookClaim(DateTimeOffset StartedAt);

/// <summary>
/// What is known of webhooks, in the store: <c>webhooks/{id}</c> as long as one is owed, <c>jobs/{id}/webhook.json</c> once
/// it is not, and between them a claim for each attempt, which only one process can have.
/// </summary>
internal sealed class WebhookStates(IObjectStore store, TimeProvider clock)
{
    // A mark is there just before its job.
    private static readonly TimeSpan OrphanedAfter = TimeSpan.FromHours(1);

    /// <summary>Marks a job that will owe a webhook; to be called before the job is stored, so that none is forgotten.</summary>
    public Task OweAsync(Job job, CancellationToken cancellationToken) => job.Callback is null
        ? Task.CompletedTask
        : PutOwedAsync(job.Id, WebhookState.Unsent(job.Callback.Url), PutCondition.IfAbsent, cancellationToken);

    public async Task<WebhookState> FindAsync(JobId id, JobCallback callback, CancellationToken cancellationToken) =>
        // The mark goes when the end is there: who finds neither looked between the two.
        await FindEndAsync(id, cancellationToken)
            ?? await FindOwedAsync(id, cancellationToken)
            ?? await FindEndAsync(id, cancellationToken)
            ?? WebhookState.Unsent(callback.Url);

    /// <summary>The jobs that owe a webhook, or will when they have ended.</summary>
    public Task<IReadOnlyList<JobMark>> ListOwedAsync(CancellationToken cancellationToken) =>
        store.ListMarksAsync(ObjectKeys.OwedWebhooks, cancellationToken);

    /// <summary>Null when the job owes none.</summary>
    public Task<WebhookState?> FindOwedAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.OwedWebhook(id), ApiJson.Default.WebhookState, cancellationToken);

    /// <summary>Makes the attempt the caller's; false when another has it.</summary>
    public Task<bool> ClaimAsync(JobId id, int attempt, WebhookClaim claim, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.WebhookAttempt(id, attempt), claim, ApiJson.Default.WebhookClaim, PutCondition.IfAbsent, cancellationToken);

    public Task<WebhookClaim?> FindClaimAsync(JobId id, int attempt, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.WebhookAttempt(id, attempt), ApiJson.Default.WebhookClaim, cancellationToken);

    /// <summary>Writes down how an attempt ended. Once a webhook has come to its end, that stays.</summary>
    public async Task RecordAsync(JobId id, WebhookState state, CancellationToken cancellationToken)
    {
        if (state.Status == WebhookStatus.Pending)
        {
            await PutOwedAsync(id, state, PutCondition.None, cancellationToken);
            return;
        }

        await store.PutJsonAsync(ObjectKeys.Webhook(id), state, ApiJson.Default.WebhookState, PutCondition.IfAbsent, cancellationToken);
        await ForgetAsync(id, cancellationToken);
    }

    public Task ForgetAsync(JobId id, CancellationToken cancellationToken) => store.DeleteAsync(ObjectKeys.OwedWebhook(id), cancellationToken);

    /// <summary>Removes a mark whose job was never stored: the process that wrote it died in between.</summary>
    public async Task ForgetOrphanAsync(JobMark mark, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - mark.MarkedAt > OrphanedAfter && await store.HeadAsync(ObjectKeys.Job(mark.Id), cancellationToken) is null)
            await ForgetAsync(mark.Id, cancellationToken);
    }

    private Task<WebhookState?> FindEndAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Webhook(id), ApiJson.Default.WebhookState, cancellationToken);

    private Task<bool> PutOwedAsync(JobId id, WebhookState state, PutCondition condition, CancellationToken cancellationToken) =>
        store.PutJsonAsync(ObjectKeys.OwedWebhook(id), state, ApiJson.Default.WebhookState, condition, cancellationToken);
}
