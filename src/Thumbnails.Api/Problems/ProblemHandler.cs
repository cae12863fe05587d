using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Problems;

/// <summary>Turns every exception into a problem. The details go to the log only.</summary>
internal sealed partial class ProblemHandler(ILogger<ProblemHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // The client has disconnected; 499 is the conventional status for that in logs.
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        else
            await ProblemOf(exception).WriteAsync(httpContext);
        return true;
    }

    private Problem ProblemOf(Exception exception)
    {
        switch (exception)
        {
            case ApiException refusal:
                return Problem.Of(refusal.Code, refusal.Message, refusal.Errors);
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problem.Of(RequestErrorCode.ValidationFailed, "The body is not the expected JSON.", ErrorsOf(json));
            case BadHttpRequestException bad:
                return ProblemCatalog.Of(bad.StatusCode);
            case StorageException storage:
                LogStorage(storage);
                return Problem.Of(RequestErrorCode.StorageUnavailable);
            case DamagedRecordException damaged:
                LogDamaged(damaged);
                return Problem.Of(RequestErrorCode.JobUnreadable);
            default:
                LogUnexpected(exception);
                return ProblemCatalog.Of(StatusCodes.Status500InternalServerError);
        }
    }

    private static Dictionary<string, string[]> ErrorsOf(JsonException json)
    {
        // The messages of System.Text.Json contain .NET types; those of JsonValueException are written for clients.
        var message = json switch
        {
            JsonValueException value => value.Message,
            _ when json.Path is null => "is not valid JSON",
            _ when json.Message.Contains("could not be mapped", StringComparison.Ordinal) => "is not a member of this request",
            _ when json.Message.Contains("uplicate", StringComparison.Ordinal) => "must not appear twice",
            _ => "has a value of the wrong type",
        };
        var path = json.Path?.TrimStart('$').TrimStart('.');
        return new Dictionary<string, string[]> { [string.IsNullOrEmpty(path) ? "body" : path] = [message] };
    }

    [LoggerMessage(LogLevel.Error, "A store operation failed")]
    private partial void LogStorage(Exception exception);

    [LoggerMessage(LogLevel.Error, "A stored record cannot be read")]
    private partial void LogDamaged(Exception exception);

    [LoggerMessage(LogLevel.Error, "An unhandled exception occurred")]
    private partial void LogUnexpected(Exception exception);
}
