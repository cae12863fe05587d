using System.Text.Json;

namespace Thumbnails.TestServers.Lambda;

/// <summary>The outcome of an invocation.</summary>
/// <param name="RequestId">The invocation's id.</param>
/// <param name="Payload">The response of the function; empty when it failed.</param>
/// <param name="Error">The error; null when it succeeded.</param>
public sealed record LambdaOutcome(string RequestId, string Payload, LambdaFunctionError? Error)
{
    /// <summary>The response as text.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Payload);
            return document.RootElement.Clone();
        }
    }
}

/// <summary>An error reported by a function or by Lambda itself.</summary>
/// <param name="Type">The error type. Lambda's own are <c>Sandbox.Timedout</c> and <c>Function.ResponseSizeTooLarge</c>.</param>
/// <param name="Message">The error message.</param>
/// <param name="StackTrace">The stack trace, innermost frame first.</param>
public sealed record LambdaFunctionError(string Type, string Message, IReadOnlyList<string> StackTrace);
