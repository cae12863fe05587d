namespace Thumbnails.Api.Webhooks;

/// <summary>An attempt to deliver a webhook, as <c>jobs/{id}/webhook/{n}.json</c> holds it: claimed when it starts, rewritten with its outcome.</summary>
/// <param name="StartedAt">When it started.</param>
internal sealed record DeliveryAttempt(DateTimeOffset StartedAt)
{
    /// <summary>When it ended; null while it is in progress, and if its process crashed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The receiver's HTTP status; null without a response.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Why it failed.</summary>
    public DeliveryError? Error { get; init; }

    /// <summary>When the next attempt is due.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}

/// <summary>Everything known about the webhook of a job that has ended.</summary>
/// <param name="State">The state that clients see.</param>
/// <param name="LeasedAt">When the last attempt started, while its outcome is unknown.</param>
internal sealed record Delivery(DeliveryState State, DateTimeOffset? LeasedAt = null)
{
    /// <summary>Whether a client requested a redelivery for which no attempt has started.</summary>
    public bool IsRequested { get; init; }

    public bool IsFinal => State.Status != DeliveryStatus.Pending;

    public int Attempts => State.Attempts;

    public DateTimeOffset? NextAttemptAt => State.NextAttemptAt;
}
