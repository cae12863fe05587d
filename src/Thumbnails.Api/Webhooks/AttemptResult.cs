using System.Net;
using System.Net.Sockets;

namespace Thumbnails.Api.Webhooks;

/// <summary>The result of a delivery attempt.</summary>
/// <param name="StatusCode">The receiver's HTTP status; null without a response.</param>
/// <param name="Error">Null when the webhook was delivered.</param>
/// <param name="RetryAfter">The pause that the receiver requested.</param>
internal sealed record AttemptResult(int? StatusCode, DeliveryError? Error, TimeSpan? RetryAfter = null)
{
    public static readonly AttemptResult TimedOut = new(null, DeliveryError.TimedOut);

    public static AttemptResult Of(HttpResponseMessage response, DateTimeOffset now) =>
        new((int)response.StatusCode, ErrorOf(response.StatusCode), response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - now,
            _ => null,
        });

    public static AttemptResult Of(HttpRequestException exception) => new(null, exception switch
    {
        { InnerException: AddressNotAllowedException } => DeliveryError.AddressNotAllowed,
        { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery } } =>
            DeliveryError.NameNotResolved,
        { HttpRequestError: HttpRequestError.ConnectionError } => DeliveryError.ConnectionFailed,
        { HttpRequestError: HttpRequestError.SecureConnectionError } => DeliveryError.TlsFailed,
        _ => DeliveryError.NoAnswer,
    });

    private static DeliveryError? ErrorOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => DeliveryError.Redirected,
        StatusCodes.Status410Gone => DeliveryError.Gone,
        _ => DeliveryError.Refused,
    };
}
