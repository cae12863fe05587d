using Amazon.Lambda.Internal.Runtime;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Runs the application for each invocation, and responds before the invocation's deadline.</summary>
internal sealed partial class HttpHandler<TContext>(IHttpApplication<TContext> application, TimeProvider clock, ILogger logger)
    where TContext : notnull
{
    public async Task HandleAsync(Invocation invocation)
    {
        using var exchange = new HttpExchange(invocation, clock, LogCallback);
        if (exchange.Fault is { } fault)
        {
            await invocation.RespondAsync(ResponseSerializer.Problem(fault.StatusCode), CancellationToken.None);
            return;
        }

        var context = application.CreateContext(exchange.Features);
        Exception? failure = null;
        try
        {
            // On another thread, so that an application that blocks does not prevent a timely response.
            var running = Task.Run(() => RunAsync(context, exchange.Response));
            if (await Task.WhenAny(running, exchange.Deadline.Expired) != running)
                await RespondTimeoutAsync(invocation);

            // Lambda sends the next invocation only after this one. If the application hangs, Lambda ends the process.
            failure = await running;
            exchange.Deadline.Dispose();
            if (!invocation.HasResponded)
                await invocation.RespondAsync(Serialize(exchange, failure), CancellationToken.None);
            await exchange.Response.FireCompletedAsync(LogCallback);
        }
        finally
        {
            application.DisposeContext(context, failure);
        }
    }

    private async Task<Exception?> RunAsync(TContext context, ResponseFeature response)
    {
        try
        {
            await application.ProcessRequestAsync(context);
            await response.CompleteAsync();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private Task RespondTimeoutAsync(Invocation invocation)
    {
        LogOverrun();
        return invocation.RespondAsync(ResponseSerializer.Problem(StatusCodes.Status504GatewayTimeout), CancellationToken.None);
    }

    private ReadOnlyMemory<byte> Serialize(HttpExchange exchange, Exception? failure)
    {
        var (response, deadline) = (exchange.Response, exchange.Deadline);
        // Exception handlers assume that the client has disconnected and set 499. This client is still waiting.
        var timedOut = deadline.IsExpired
            && (failure is OperationCanceledException || response.StatusCode == StatusCodes.Status499ClientClosedRequest);
        if (timedOut)
            return IsBodyComplete(response) ? Serialize(response, exchange) : ResponseSerializer.Problem(StatusCodes.Status504GatewayTimeout);
        if (failure is BadHttpRequestException badRequest && !response.HasStarted)
            return ResponseSerializer.Problem(badRequest.StatusCode);
        if (failure is null && !deadline.IsAborted)
            return Serialize(response, exchange);
        LogFailure(failure);
        return ResponseSerializer.Problem(StatusCodes.Status500InternalServerError);
    }

    private ReadOnlyMemory<byte> Serialize(ResponseFeature response, HttpExchange exchange)
    {
        var payload = response.Body.IsTooLarge ? default : ResponseSerializer.Serialize(response, exchange.Request.Method);
        if (payload.Length is > 0 and <= ResponseBody.MaxResponse)
            return payload;
        LogTooLarge(ResponseBody.MaxResponse);
        return ResponseSerializer.Problem(StatusCodes.Status500InternalServerError);
    }

    // A body that was written in time is complete, unless Content-Length promises more.
    private static bool IsBodyComplete(ResponseFeature response) =>
        response.Body.Written.Length > 0 && response.Body.Written.Length >= (response.Headers.ContentLength ?? 0);

    private void LogCallback(Exception exception) => LogCallbackFailure(exception);

    [LoggerMessage(1, LogLevel.Error, "The application failed, or aborted the request.")]
    private partial void LogFailure(Exception? exception);

    [LoggerMessage(2, LogLevel.Error, "The application did not end when its time was up.")]
    private partial void LogOverrun();

    [LoggerMessage(3, LogLevel.Error, "The response is larger than the {Max} bytes that Lambda takes.")]
    private partial void LogTooLarge(int max);

    [LoggerMessage(4, LogLevel.Error, "A callback of the application failed.")]
    private partial void LogCallbackFailure(Exception exception);
}
