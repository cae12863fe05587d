using System.Net;

namespace Amazon.Lambda.Internal.Runtime;

/// <summary>The Runtime API refused a call.</summary>
internal sealed class RuntimeApiException(HttpStatusCode status, string message) : Exception(message)
{
    /// <summary>Whether only that call is lost: a late answer, or one that is too large. Otherwise the process should end.</summary>
    public bool IsOfOneInvocation => (int)status is >= 400 and < 500;
}
