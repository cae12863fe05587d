using Amazon.Lambda.Internal.Runtime;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Tells Lambda that the function cannot start.</summary>
public class RuntimeApiClient
{
    private readonly LambdaEnvironment _environment = LambdaEnvironment.Read();

    private readonly HttpClient _client;

    /// <summary>Reads Lambda's environment.</summary>
    /// <param name="httpClient">What to call Lambda with; it stays the caller's.</param>
    /// <exception cref="InvalidOperationException"><c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    public RuntimeApiClient(HttpClient httpClient)
    {
        ArgumentNullException.ThrowIfNull(httpClient);
        _client = httpClient;
    }

    /// <summary>Reports what kept the function from starting. The process should then end.</summary>
    /// <exception cref="HttpRequestException">Lambda cannot be reached.</exception>
    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new RuntimeApi(_environment, _client, TimeProvider.System).FailInitializationAsync(exception, cancellationToken);
    }
}
