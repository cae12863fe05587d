namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>Invokes functions with HTTP requests.</summary>
public static class HttpApiInvoking
{
    /// <summary>Sends a request, and returns the response that its client would receive.</summary>
    /// <exception cref="InvalidOperationException">The function failed, or did not return an HTTP response.</exception>
    public static async Task<HttpApiAnswer> SendAsync(
        this LoopbackLambda server,
        HttpApiEvent request,
        LambdaInvocation? invocation = null,
        CancellationToken cancellationToken = default) =>
        HttpApiAnswer.Of(await server.InvokeAsync(request.ToJson(), invocation, cancellationToken));
}
