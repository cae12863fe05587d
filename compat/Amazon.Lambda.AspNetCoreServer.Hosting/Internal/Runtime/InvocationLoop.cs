namespace Amazon.Lambda.Internal.Runtime;

/// <summary>Takes invocations one after another. What goes wrong in one is reported as its error, and does not end the loop.</summary>
/// <param name="api">Where they come from.</param>
/// <param name="handle">Answers one.</param>
/// <param name="log">Told what went wrong.</param>
internal sealed class InvocationLoop(RuntimeApi api, Func<Invocation, Task> handle, Action<Exception> log)
{
    /// <summary>Ends when <paramref name="stop"/> says so and the invocation under way is answered.</summary>
    /// <exception cref="RuntimeApiException">Lambda is out of order.</exception>
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
        // For the SDKs of X-Ray and of AWS, which tell the services that they call; AWS breaks endless loops by it.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.Context.TraceId);
        using var trace = XRayTrace.Start(invocation.Context.TraceId);
        try
        {
            await handle(invocation);
        }
        catch (Exception exception) when (!EndsTheLoop(exception))
        {
            log(exception);
            if (!invocation.IsAnswered)
                await invocation.FailAsync(exception, CancellationToken.None);
        }
    }

    private static bool EndsTheLoop(Exception exception) => exception is RuntimeApiException { IsOfOneInvocation: false };
}
