using System.ComponentModel;

namespace Thumbnails.Api.Webhooks;

[Description("The delivery of a job's webhook.")]
internal sealed record DeliveryState
{
    [Description("The callbackUrl of the request, without its query string.")]
    public required Uri Url { get; init; }

    [Description("pending until the job has ended and the receiver has responded with 2xx; failed when it responded with 410, or when ten attempts over three days failed. A requested redelivery makes it pending again.")]
    public required DeliveryStatus Status { get; init; }

    [Description("How many attempts have been made, including redeliveries.")]
    public int Attempts { get; init; }

    [Description("When the last attempt was made; null before the first.")]
    public DateTimeOffset? LastAttemptAt { get; init; }

    [Description("The HTTP status of the last response; null when there was none.")]
    public int? LastStatusCode { get; init; }

    [Description("Why the last attempt failed; null when it did not. address_not_allowed: the host has no public IP address. refused: the response had a status other than 2xx. interrupted: the service was stopped during the attempt.")]
    public DeliveryError? LastError { get; init; }

    [Description("The earliest time of the next attempt; null while the job is unfinished, and when there will be no further attempt.")]
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The state before the first attempt.</summary>
    public static DeliveryState Unsent(Uri callbackUrl) =>
        new() { Url = new Uri(callbackUrl.GetLeftPart(UriPartial.Path)), Status = DeliveryStatus.Pending };

    /// <summary>Returns the state after a client has requested a redelivery.</summary>
    public DeliveryState Requested(DateTimeOffset now) => this with { Status = DeliveryStatus.Pending, NextAttemptAt = now };

    /// <summary>Returns the state after an attempt that has ended.</summary>
    /// <param name="number">The attempt, counted from 1.</param>
    /// <param name="attempt">The attempt. A failed one without a next attempt is the last.</param>
    public DeliveryState After(int number, DeliveryAttempt attempt) => this with
    {
        Status = attempt.Error is null ? DeliveryStatus.Delivered : attempt.NextAttemptAt is null ? DeliveryStatus.Failed : DeliveryStatus.Pending,
        Attempts = number,
        LastAttemptAt = attempt.EndedAt,
        LastStatusCode = attempt.StatusCode,
        LastError = attempt.Error,
        NextAttemptAt = attempt.NextAttemptAt,
    };
}
