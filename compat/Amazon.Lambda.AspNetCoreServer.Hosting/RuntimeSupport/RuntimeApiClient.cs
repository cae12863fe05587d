using Amazon.Lambda.Internal.Runtime;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Reports to Lambda that the function could not start.</summary>
public class RuntimeApiClient
{
    private readonly LambdaEnvironment _environment = LambdaEnvironment.Read();

    private readonly HttpClient _client;

    /// <summary>Creates a client from Lambda's environment variables.</summary>
    /// <param name="httpClient">The HTTP client to use. It is not disposed.</param>
    /// <exception cref="InvalidOperationException"><c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    public RuntimeApiClient(HttpClient httpClient)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        _client = httpClient;
    }

    /// <summary>Reports an initialization error. The process should then exit.</summary>
    /// <exception cref="HttpRequestException">Lambda cannot be reached.</exception>
    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new RuntimeApi(_environment, _client, TimeProvider.System).FailInitializationAsync(exception, cancellationToken);
    }
}
