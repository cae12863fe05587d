using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Writes the body of a job's webhook: the job as GET returns it, with new presigned URLs.</summary>
internal delegate Task<byte[]> WebhookBody(JobSnapshot job, CancellationToken cancellationToken);

/// <summary>Makes one attempt to deliver a webhook. The attempt is claimed first, so that only one process makes it.</summary>
internal sealed partial class WebhookSender(
    DeliveryStore deliveries, WebhookClient client, WebhookBody body, WebhookSettings settings, TimeProvider clock, ILogger<WebhookSender> logger)
{
    /// <returns>The state of the webhook afterwards.</returns>
    public async Task<Delivery> SendAsync(JobSnapshot job, JobStep step, CancellationToken cancellationToken)
    {
        var (id, delivery) = (job.Job.Id, job.Delivery!);
        if (step is not JobStep.Deliver { Attempt: var number })
            return await EndAsync(id, delivery.State with { Status = DeliveryStatus.Failed, NextAttemptAt = null });
        var now = clock.GetUtcNow();
        if (settings.Secrets.Count == 0)
        {
            LogNoSecret(id);
            return delivery with { State = delivery.State with { NextAttemptAt = now + JobLifecycle.NoSecretGap }, LeasedAt = null };
        }

        if (delivery.LeasedAt is not null)
            LogInterrupted(number - 1, id);
        return await deliveries.ClaimAsync(id, number, now, cancellationToken)
            ? await SendAsync(job, number, now, cancellationToken)
            : await deliveries.FindAsync(id, job.Job.Callback!, cancellationToken);
    }

    /// <summary>Makes the webhook due again, unless its first attempt is still to come or an attempt is in progress.</summary>
    /// <returns>The state of the webhook afterwards.</returns>
    public async Task<Delivery> RequestAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        if (job.Delivery is not { Attempts: > 0, LeasedAt: null } delivery)
            return job.Delivery!;
        var requested = delivery.State.Requested(clock.GetUtcNow());
        await deliveries.RequestAsync(job.Job.Id, requested, cancellationToken);
        return new Delivery(requested) { IsRequested = true };
    }

    private async Task<Delivery> SendAsync(JobSnapshot job, int number, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        var (id, callback) = (job.Job.Id, job.Job.Callback!);
        var result = await client.SendAsync(callback.Url, id.ToString(), await body(job, cancellationToken), cancellationToken);
        var now = clock.GetUtcNow();
        var gap = result.Error is null or DeliveryError.Gone ? null : JobLifecycle.DeliveryGapAfter(number, result.RetryAfter);
        var attempt = new DeliveryAttempt(startedAt) { EndedAt = now, StatusCode = result.StatusCode, Error = result.Error, NextAttemptAt = now + gap };
        var state = DeliveryState.Unsent(callback.Url).After(number, attempt);
        if (result.Error is { } error)
            LogFailed(number, id, SnakeCase.Of(error), result.StatusCode, state.NextAttemptAt);
        else
            LogDelivered(id, number);
        // The final state says all about a first attempt that ends the delivery.
        if (number > 1 || state.Status == DeliveryStatus.Pending)
            await deliveries.RecordAsync(id, number, attempt, CancellationToken.None);
        return state.Status == DeliveryStatus.Pending ? new Delivery(state) : await EndAsync(id, state);
    }

    private async Task<Delivery> EndAsync(JobId id, DeliveryState state)
    {
        await deliveries.EndAsync(id, state, CancellationToken.None);
        return new Delivery(state);
    }

    [LoggerMessage(LogLevel.Information, "Delivered the webhook of job {JobId} on attempt {Attempt}")]
    private partial void LogDelivered(JobId jobId, int attempt);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} to deliver the webhook of job {JobId} failed: {Error} {StatusCode}; the next attempt is at {NextAttemptAt}")]
    private partial void LogFailed(int attempt, JobId jobId, string error, int? statusCode, DateTimeOffset? nextAttemptAt);

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} to deliver the webhook of job {JobId} was interrupted")]
    private partial void LogInterrupted(int attempt, JobId jobId);

    [LoggerMessage(LogLevel.Error, "The webhook of job {JobId} cannot be signed. Set Webhooks:Secret.")]
    private partial void LogNoSecret(JobId jobId);
}
