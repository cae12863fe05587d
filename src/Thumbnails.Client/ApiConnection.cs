using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Thumbnails.Client;

/// <summary>Sends requests: to the service with its credentials, and to presigned URLs without them.</summary>
internal sealed class ApiConnection(HttpClient http, ThumbnailsClientOptions options)
{
    public ThumbnailsClientOptions Options => options;

    /// <summary>Sends a request to the service, with retries.</summary>
    /// <exception cref="ThumbnailsException">The request failed.</exception>
    public Task<T> SendAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        request.IsRepeatable
            ? Retry.RunAsync(options, _ => SendOnceAsync(request, type, cancellationToken), cancellationToken)
            : SendOnceAsync(request, type, cancellationToken);

    /// <summary>Sends a request to a presigned URL, once.</summary>
    /// <returns>The response, whose body has not been read.</returns>
    /// <exception cref="ThumbnailsException">The request failed.</exception>
    public async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw await CreateExceptionAsync(response, cancellationToken).ConfigureAwait(false);
    }

    public async Task<T> SendOnceAsync<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout + (request.Wait ?? TimeSpan.Zero));
        try
        {
            using var message = MessageOf(request);
            using var response = await SendOnceAsync(message, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("The response is empty.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{request.Method} {request.Path} timed out.");
        }
    }

    private HttpRequestMessage MessageOf(ApiRequest request)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(request.Path, UriKind.Relative));
        if (request.Body is not null)
            message.Content = new ByteArrayContent(request.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (request.IdempotencyKey is not null)
            message.Headers.TryAddWithoutValidation("Idempotency-Key", request.IdempotencyKey);
        if (request.Wait is { } wait)
            message.Headers.TryAddWithoutValidation("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={(int)wait.TotalSeconds}"));
        if (options.ApiKey is not null)
            message.Headers.TryAddWithoutValidation("X-Api-Key", options.ApiKey);
        if (options.BearerToken is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.BearerToken);
        return message;
    }

    private static async Task<ThumbnailsException> CreateExceptionAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        Problem? problem = null;
        try
        {
            problem = JsonSerializer.Deserialize(body, ClientJson.Default.Problem);
        }
        catch (JsonException)
        {
            // A response from a proxy or from S3.
        }

        problem ??= new Problem(null, $"The server returned {(int)response.StatusCode} {response.ReasonPhrase}.", null, null);
        return new ThumbnailsException((int)response.StatusCode, problem, response.Headers.RetryAfter?.Delta);
    }
}

/// <summary>A request to the service.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public byte[]? Body { get; init; }

    public string? IdempotencyKey { get; init; }

    public TimeSpan? Wait { get; init; }

    public bool IsRepeatable { get; init; } = true;
}
