using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amazon.Lambda.Internal.Runtime;

/// <summary>
/// A client for the Lambda Runtime API.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"/>
/// </summary>
internal sealed class RuntimeApi(LambdaEnvironment environment, HttpMessageInvoker client, TimeProvider clock) : IDisposable
{
    // Echoed to Lambda, which uses it to distinguish a response to an invocation from one to its retry.
    private const string InvocationId = "Lambda-Runtime-Invocation-Id";

    private static readonly MediaTypeHeaderValue Json = new("application/json"), ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly string _address = $"http://{environment.RuntimeApi}/2018-06-01/runtime/";

    public RuntimeApi(LambdaEnvironment environment, TimeProvider clock)
        : this(environment, CreateClient(), clock)
    {
    }

    /// <summary>Waits for the next invocation, without a timeout.</summary>
    /// <exception cref="RuntimeApiException">Lambda rejected the call.</exception>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address + "invocation/next");
        using var response = await client.SendAsync(request, cancellationToken);
        await CheckAsync(response, HttpStatusCode.OK, cancellationToken);
        var context = ReadContext(response.Headers.NonValidated);
        var payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new Invocation(this, context, payload, Text(response.Headers.NonValidated, InvocationId));
    }

    /// <summary>Reports that a snapshot can be taken, and waits for its restore.</summary>
    /// <exception cref="RuntimeApiException">Lambda rejected the call.</exception>
    public async Task WaitForRestoreAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address + "restore/next");
        using var response = await client.SendAsync(request, cancellationToken);
        await CheckAsync(response, HttpStatusCode.OK, cancellationToken);
    }

    /// <exception cref="RuntimeApiException">Lambda rejected the call.</exception>
    public Task RespondAsync(
        string requestId, string invocationId, ReadOnlyMemory<byte> response, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/response", invocationId, response, Json, null, cancellationToken);

    /// <exception cref="RuntimeApiException">Lambda rejected the call.</exception>
    public Task FailAsync(string requestId, string invocationId, Exception exception, CancellationToken cancellationToken) =>
        ReportAsync($"invocation/{requestId}/error", invocationId, exception, cancellationToken);

    /// <exception cref="RuntimeApiException">Lambda rejected the call.</exception>
    public Task FailInitializationAsync(Exception exception, CancellationToken cancellationToken) =>
        ReportAsync("init/error", "", exception, cancellationToken);

    public void Dispose() => client.Dispose();

    // A bare connection: no proxy, cookies, redirects or tracing. No timeouts either, because Lambda freezes the process.
    private static HttpMessageInvoker CreateClient() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        UseCookies = false,
        UseProxy = false,
    });

    private static async Task CheckAsync(HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        if (response.StatusCode == expected)
            return;
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        throw new RuntimeApiException(response.StatusCode, $"The Runtime API returned {(int)response.StatusCode}: {text}");
    }

    private static string Text(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.ToString() : "";

    private Task ReportAsync(string path, string invocationId, Exception exception, CancellationToken cancellationToken)
    {
        var report = ErrorReport.Of(exception);
        var json = JsonSerializer.SerializeToUtf8Bytes(report, LambdaJson.Default.ErrorReport);
        return PostAsync(path, invocationId, json, ErrorJson, report.ErrorType, cancellationToken);
    }

    private async Task PostAsync(
        string path,
        string invocationId,
        ReadOnlyMemory<byte> body,
        MediaTypeHeaderValue type,
        string? errorType,
        CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = type;
        using var request = new HttpRequestMessage(HttpMethod.Post, _address + path) { Content = content };
        if (errorType is not null)
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        if (invocationId.Length > 0)
            request.Headers.TryAddWithoutValidation(InvocationId, invocationId);

        using var response = await client.SendAsync(request, cancellationToken);
        await CheckAsync(response, HttpStatusCode.Accepted, cancellationToken);
        // The connection is reused only after the response has been read.
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
    }

    private LambdaContext ReadContext(HttpHeadersNonValidated headers) => new(environment, clock)
    {
        AwsRequestId = Text(headers, "Lambda-Runtime-Aws-Request-Id"),
        InvokedFunctionArn = Text(headers, "Lambda-Runtime-Invoked-Function-Arn"),
        TraceId = Text(headers, "Lambda-Runtime-Trace-Id"),
        Deadline = long.TryParse(
            Text(headers, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null,
    };
}
