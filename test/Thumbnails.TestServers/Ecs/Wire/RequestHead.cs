using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Thumbnails.TestServers.Ecs.Wire;

/// <summary>
/// Reads the operation from the head of a request, which must be AWS JSON 1.1 and signed for this service and region. The
/// signature itself is not verified.
/// </summary>
internal static partial class RequestHead
{
    private static readonly Dictionary<string, EcsOperation> Operations =
        Enum.GetValues<EcsOperation>().ToDictionary(operation => $"AmazonEC2ContainerServiceV20141113.{operation}");

    /// <exception cref="EcsError">The head is not valid.</exception>
    public static EcsOperation Read(HttpRequest request, string region)
    {
        if (request.Method != "POST" || request.Path != "/" || request.ContentType != "application/x-amz-json-1.1")
            throw new EcsError("UnknownOperationException", "Requests are POST / of application/x-amz-json-1.1.", 404);
        CheckSignature(request, region);
        var target = request.Headers["X-Amz-Target"].ToString();
        return Operations.TryGetValue(target, out var operation)
            ? operation
            : throw new EcsError("UnknownOperationException", $"There is no operation {target}.");
    }

    private static void CheckSignature(HttpRequest request, string region)
    {
        var match = Authorization().Match(request.Headers.Authorization.ToString());
        if (!match.Success)
            throw new EcsError("MissingAuthenticationTokenException", "Missing Authentication Token");
        var signed = match.Groups["headers"].Value.Split(';');
        var (service, scope, day) = (match.Groups["service"].Value, match.Groups["region"].Value, match.Groups["day"].Value);
        Require(service == "ecs", "Credential should be scoped to correct service: 'ecs'.");
        Require(scope == region, $"Credential should be scoped to a valid region, not '{scope}'.");
        Require(
            request.Headers["X-Amz-Date"].ToString().StartsWith(day, StringComparison.Ordinal),
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
        Require(signed.Contains("host") && signed.Contains("x-amz-date"), "'Host' and 'X-Amz-Date' must be signed headers.");
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
            throw new EcsError("InvalidSignatureException", message);
    }

    [GeneratedRegex(
        @"\AAWS4-HMAC-SHA256 Credential=[^/]+/(?<day>\d{8})/(?<region>[a-z0-9-]+)/(?<service>[a-z0-9-]+)/aws4_request, ?"
        + @"SignedHeaders=(?<headers>[a-z0-9;-]+), ?Signature=[0-9a-f]{64}\z")]
    private static partial Regex Authorization();
}
