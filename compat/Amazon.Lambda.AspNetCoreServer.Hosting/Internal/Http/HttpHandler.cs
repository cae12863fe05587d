using Amazon.Lambda.Internal.Runtime;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Has an application answer invocations, each before its deadline.</summary>
internal sealed partial class HttpHandler<TContext>(IHttpApplication<TContext> application, TimeProvider clock, ILogger logger)
    where TContext : notnull
{
    public async Task HandleAsync(Invocation invocation)
    {
        using var exchange = new HttpExchange(invocation, clock, LogCallback);
        if (exchange.Fault is { } fault)
        {
            await invocation.RespondAsync(Answer.Problem(fault.StatusCode), CancellationToken.None);
            return;
        }

        var context = application.CreateContext(exchange.Features);
        Exception? failure = null;
        try
        {
            // Elsewhere, so that an application which blocks does not keep this from answering in time.
            var running = Task.Run(() => RunAsync(context, exchange.Response));
            if (await Task.WhenAny(running, exchange.Deadline.Over) != running)
                await OverrunAsync(invocation);

            // Lambda gives no other invocation before this one has ended. If it never does, Lambda ends the process.
            failure = await running;
            exchange.Deadline.Dispose();
            if (!invocation.IsAnswered)
                await invocation.RespondAsync(AnswerOf(exchange, failure), CancellationToken.None);
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

    private Task OverrunAsync(Invocation invocation)
    {
        LogOverrun();
        return invocation.RespondAsync(Answer.Problem(StatusCodes.Status504GatewayTimeout), CancellationToken.None);
    }

    private ReadOnlyMemory<byte> AnswerOf(HttpExchange exchange, Exception? failure)
    {
        var (response, deadline) = (exchange.Response, exchange.Deadline);
        // Exception handlers make 499 of a request that was aborted: for a client that has gone. This one waits.
        var ranOut = deadline.IsPast
            && (failure is OperationCanceledException || response.StatusCode == StatusCodes.Status499ClientClosedRequest);
        if (ranOut)
            return IsWorthSending(response) ? AnswerOf(response, exchange) : Answer.Problem(StatusCodes.Status504GatewayTimeout);
        if (failure is BadHttpRequestException refusal && !response.HasStarted)
            return Answer.Problem(refusal.StatusCode);
        if (failure is null && !deadline.IsGivenUp)
            return AnswerOf(response, exchange);
        LogFailure(failure);
        return Answer.Problem(StatusCodes.Status500InternalServerError);
    }

    private ReadOnlyMemory<byte> AnswerOf(ResponseFeature response, HttpExchange exchange)
    {
        var answer = response.Body.IsTooLarge ? default : Answer.Of(response, exchange.Request.Method);
        if (answer.Length is > 0 and <= ResponseBody.MaxAnswer)
            return answer;
        LogTooLarge(ResponseBody.MaxAnswer);
        return Answer.Problem(StatusCodes.Status500InternalServerError);
    }

    // What was written in time is, unless it says itself that there is more of it.
    private static bool IsWorthSending(ResponseFeature response) =>
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
