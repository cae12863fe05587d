namespace Amazon.Lambda.Internal.Runtime;

/// <summary>
/// Handles invocations one at a time. An exception is reported as that invocation's error and does not end the loop.
/// </summary>
/// <param name="api">The source of the invocations.</param>
/// <param name="handle">Handles an invocation.</param>
/// <param name="log">Logs an exception.</param>
internal sealed class InvocationLoop(RuntimeApi api, Func<Invocation, Task> handle, Action<Exception> log)
{
    /// <summary>Runs until <paramref name="stop"/> is canceled; the invocation in progress is completed first.</summary>
    /// <exception cref="RuntimeApiException">The Runtime API failed.</exception>
    /// <exception cref="HttpRequestException">Lambda cannot be reached.</exception>
    public async Task RunAsync(bool afterSnapshot, CancellationToken stop)
    {
        try
        {
            if (afterSnapshot)
                await api.WaitForRestoreAsync(stop);
            while (true)
                await HandleAsync(await api.NextAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task HandleAsync(Invocation invocation)
    {
        // Read by the AWS and X-Ray SDKs, which pass it on in their calls. Lambda also uses it to detect recursive loops.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.Context.TraceId);
        using var trace = XRayTrace.Start(invocation.Context.TraceId);
        try
        {
            await handle(invocation);
        }
        catch (Exception exception) when (!IsFatal(exception))
        {
            log(exception);
            if (!invocation.HasResponded)
                await invocation.FailAsync(exception, CancellationToken.None);
        }
    }

    private static bool IsFatal(Exception exception) => exception is RuntimeApiException { IsRecoverable: false };
}
