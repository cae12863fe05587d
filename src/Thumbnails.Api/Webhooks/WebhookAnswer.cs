using System.Net;
using System.Net.Sockets;

namespace Thumbnails.Api.Webhooks;

/// <summary>How one attempt ended.</summary>
/// <param name="StatusCode">What the receiver answered; null when it did not.</param>
/// <param name="Error">Null when the webhook was delivered.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone.</param>
internal sealed record WebhookAnswer(int? StatusCode, WebhookError? Error, TimeSpan? RetryAfter = null)
{
    public static readonly WebhookAnswer TimedOut = new(null, WebhookError.TimedOut);

    /// <summary>An attempt of which nobody knows how it ended, because its process did not live to tell.</summary>
    public static readonly WebhookAnswer Interrupted = new(null, WebhookError.Interrupted);

    public static WebhookAnswer Of(HttpResponseMessage response, DateTimeOffset now) =>
        new((int)response.StatusCode, ErrorOf(response.StatusCode), response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        });

    public static WebhookAnswer Of(HttpRequestException exception) => new(null, exception switch
    {
        { InnerException: AddressNotAllowedException } => WebhookError.AddressNotAllowed,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery } } =>
            WebhookError.NameNotResolved,
        { HttpRequestError: HttpRequestError.ConnectionError } => WebhookError.ConnectionFailed,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => WebhookError.TlsFailed,
        _ => WebhookError.NoAnswer,
    });

    private static WebhookError? ErrorOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => WebhookError.Redirected,
        StatusCodes.Status410Gone => WebhookError.Gone,
        _ => WebhookError.Refused,
    };
}
