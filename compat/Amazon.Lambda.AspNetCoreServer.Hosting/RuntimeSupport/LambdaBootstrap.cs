using Amazon.Lambda.Core;
using Amazon.Lambda.Internal.Runtime;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// Runs a Lambda function: receives events one at a time and passes them to the handler. An exception in the handler is
/// written to standard error and reported to Lambda as that invocation's error.
/// </summary>
public class LambdaBootstrap : IDisposable
{
    private readonly LambdaEnvironment _environment;

    private readonly RuntimeApi _api;

    private readonly Func<Stream, ILambdaContext, Task<Stream?>> _handler;

    private readonly LambdaBootstrapInitializer? _initializer;

    internal LambdaBootstrap(
        LambdaEnvironment environment, Func<Stream, ILambdaContext, Task<Stream?>> handler, LambdaBootstrapInitializer? initializer)
    {
        (_environment, _handler, _initializer) = (environment, handler, initializer);
        _api = new RuntimeApi(environment, TimeProvider.System);
        environment.LimitHeap();
    }

    /// <summary>Handles events until canceled; the event in progress is completed first.</summary>
    /// <exception cref="HttpRequestException">Lambda cannot be reached.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (await InitializeAsync(cancellationToken))
            await new InvocationLoop(_api, HandleAsync, Log).RunAsync(_environment.IsSnapStart, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the connection to the Runtime API.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _api.Dispose();
    }

    private static void Log(Exception exception) => Console.Error.WriteLine(exception);

    private async Task<bool> InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _initializer is null || await _initializer();
        }
        catch (Exception exception)
        {
            Log(exception);
            await _api.FailInitializationAsync(exception, cancellationToken);
            throw;
        }
    }

    private async Task HandleAsync(Invocation invocation)
    {
        using var payload = new MemoryStream(invocation.Payload, writable: false);
        await using var response = await _handler(payload, invocation.Context);
        await invocation.RespondAsync(await ReadAsync(response), CancellationToken.None);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream? response)
    {
        if (response is null)
            return default;
        using var copy = new MemoryStream();
        await response.CopyToAsync(copy);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
