using System.ComponentModel;

namespace Thumbnails.Api.Webhooks;

[Description("What became of the job's webhook.")]
internal sealed record DeliveryState
{
    [Description("The callbackUrl of the request, without its query.")]
    public required Uri Url { get; init; }

    [Description("pending until the job has ended and the receiver answered 2xx; failed when it answered 410 or ten attempts in three days did not reach it.")]
    public required DeliveryStatus Status { get; init; }

    [Description("How often it was sent.")]
    public int Attempts { get; init; }

    [Description("When it was sent last.")]
    public DateTimeOffset? LastAttemptAt { get; init; }

    [Description("The HTTP status that the receiver answered last; null when it did not answer.")]
    public int? LastStatusCode { get; init; }

    [Description("Why the last attempt failed; null when it did not. address_not_allowed: only public addresses are sent to. refused: it answered another status than 2xx. interrupted: the service was stopped meanwhile.")]
    public DeliveryError? LastError { get; init; }

    [Description("When it will be sent next, at the earliest; null while the job runs, and when it will not be sent again.")]
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Of a callback to which nothing was sent yet.</summary>
    public static DeliveryState Unsent(Uri callbackUrl) =>
        new() { Url = new Uri(callbackUrl.GetLeftPart(UriPartial.Path)), Status = DeliveryStatus.Pending };

    /// <summary>As it is after an attempt, which was the given one, counted from 1.</summary>
    public DeliveryState After(int attempt, AttemptResult answer, DateTimeOffset now)
    {
        var wait = answer.Error is null or DeliveryError.Gone ? null : RetrySchedule.After(attempt, answer.RetryAfter);
        return this with
        {
            Status = answer.Error is null ? DeliveryStatus.Delivered : wait is null ? DeliveryStatus.Failed : DeliveryStatus.Pending,
            Attempts = attempt,
            LastAttemptAt = now,
            LastStatusCode = answer.StatusCode,
            LastError = answer.Error,
            NextAttemptAt = now + wait,
        };
    }
}
