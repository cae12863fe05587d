using System.Net;

namespace Amazon.Lambda.Internal.Runtime;

/// <summary>The Runtime API rejected a call.</summary>
internal sealed class RuntimeApiException(HttpStatusCode status, string message) : Exception(message)
{
    /// <summary>
    /// Whether only this invocation is lost, because its response was late or too large. Otherwise the process should end.
    /// </summary>
    public bool IsRecoverable => (int)status is >= 400 and < 500;
}
