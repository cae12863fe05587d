namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>Invokes functions with HTTP requests.</summary>
public static class HttpApiInvoking
{
    /// <summary>Sends a request, and gets what its client would get.</summary>
    /// <exception cref="InvalidOperationException">The function failed, or did not answer an HTTP request.</exception>
    public static async Task<HttpApiAnswer> SendAsync(
        this LoopbackLambda server,
        HttpApiEvent request,
        LambdaInvocation? invocation = null,
        CancellationToken cancellationToken = default) =>
        HttpApiAnswer.Of(await server.InvokeAsync(request.ToJson(), invocation, cancellationToken));
}
