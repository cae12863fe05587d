using System.Text.Json;

namespace Thumbnails.TestServers.Lambda;

/// <summary>The outcome of an invocation.</summary>
/// <param name="RequestId">The invocation's id.</param>
/// <param name="Payload">What the function answered; empty when it failed.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record LambdaOutcome(string RequestId, string Payload, LambdaFunctionError? Error)
{
    /// <summary>The answer.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Payload);
            return document.RootElement.Clone();
        }
    }
}

/// <summary>An error that a function reported, or that Lambda found itself.</summary>
/// <param name="Type">Its kind; Lambda's own are <c>Sandbox.Timedout</c> and <c>Function.ResponseSizeTooLarge</c>.</param>
/// <param name="Message">What it says.</param>
/// <param name="StackTrace">Where it was thrown, innermost first.</param>
public sealed record LambdaFunctionError(string Type, string Message, IReadOnlyList<string> StackTrace);
