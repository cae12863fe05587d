using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Mime;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// POSTs a signed webhook once. Every attempt uses a new connection, so that its address is checked and HttpClient does not resend
/// the request by itself. Only the status of the response is read.
/// </summary>
internal sealed class WebhookClient(WebhookSettings settings, TimeProvider clock) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        ConnectCallback = new GuardedConnection(settings.AllowPrivateAddresses).ConnectAsync,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseDrainSize = 0,
        MaxResponseHeadersLength = 16,
    });

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    public void Dispose() => _http.Dispose();

    /// <param name="url">The receiver.</param>
    /// <param name="id">The webhook's id, which is the same for all attempts.</param>
    /// <param name="payload">The body, JSON.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<AttemptResult> SendAsync(Uri url, string id, byte[] payload, CancellationToken cancellationToken)
    {
        using var request = RequestOf(url, id, payload);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Timeout);
        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            return AttemptResult.Of(response, clock.GetUtcNow());
        }
        catch (HttpRequestException exception)
        {
            return AttemptResult.Of(exception);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AttemptResult.TimedOut;
        }
    }

    private HttpRequestMessage RequestOf(Uri url, string id, byte[] payload)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(payload) { Headers = { ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json) } },
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Thumbnails", null));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(settings.Secrets, id, timestamp, payload));
        return request;
    }
}
