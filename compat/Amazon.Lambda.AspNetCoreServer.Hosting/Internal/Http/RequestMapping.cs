using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using static Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Maps an event in payload format 2.0 to an ASP.NET Core request.</summary>
internal static class RequestMapping
{
    // The same as in the package.
    private const string AuthenticationType = "AuthorizerIdentity";

    /// <exception cref="JsonException">The payload is not such an event.</exception>
    public static APIGatewayHttpApiV2ProxyRequest Read(ReadOnlySpan<byte> payload)
    {
        var request = JsonSerializer.Deserialize(payload, LambdaJson.Default.APIGatewayHttpApiV2ProxyRequest);
        return request?.RequestContext?.Http is { Method.Length: > 0, Path: not null }
            ? request
            : throw new JsonException("The event is not an HTTP request in payload format 2.0: requestContext.http is missing.");
    }

    public static HttpRequestFeature RequestOf(APIGatewayHttpApiV2ProxyRequest request, byte[] body)
    {
        var http = request.RequestContext!.Http!;
        var query = QueryOf(request.RawQueryString);
        return new HttpRequestFeature
        {
            Protocol = http.Protocol ?? HttpProtocol.Http11,
            Scheme = Uri.UriSchemeHttps,
            Method = http.Method!,
            RawTarget = http.Path + query,
            QueryString = query,
            Headers = HeadersOf(request, body),
            Body = body.Length == 0 ? Stream.Null : new MemoryStream(body, writable: false),
        };
    }

    /// <exception cref="JsonException">The body is marked as base64 but is not valid base64.</exception>
    public static byte[] BodyOf(APIGatewayHttpApiV2ProxyRequest request)
    {
        if (string.IsNullOrEmpty(request.Body))
            return [];
        try
        {
            return request.IsBase64Encoded ? Convert.FromBase64String(request.Body) : Encoding.UTF8.GetBytes(request.Body);
        }
        catch (FormatException exception)
        {
            throw new JsonException("The event body is not valid base64.", exception);
        }
    }

    /// <summary>
    /// The claims of the token that API Gateway verified. As in the package, callers that sign with IAM have no claims; the
    /// event's request context identifies them.
    /// </summary>
    public static ClaimsPrincipal? CallerOf(AuthorizerDescription? authorizer) => authorizer?.Jwt?.Claims is { } claims
        ? new ClaimsPrincipal(new ClaimsIdentity(claims.Select(claim => new Claim(claim.Key, claim.Value)), AuthenticationType))
        : null;

    private static string QueryOf(string? rawQueryString) => rawQueryString switch
    {
        null or "" => "",
        ['?', ..] => rawQueryString,
        _ => "?" + rawQueryString,
    };

    private static IHeaderDictionary HeadersOf(APIGatewayHttpApiV2ProxyRequest request, byte[] body)
    {
        // Multiple values arrive joined with commas and are not split: what a comma means depends on the header.
        IHeaderDictionary headers = new HeaderDictionary((request.Headers?.Count ?? 0) + 3);
        foreach (var (name, value) in request.Headers ?? new Dictionary<string, string>())
            headers[name] = value;

        if (headers.Host.Count == 0)
            headers.Host = request.RequestContext!.DomainName;
        if (request.Cookies is { Length: > 0 } cookies)
            headers.Cookie = string.Join("; ", cookies);
        if (body.Length > 0 || headers.ContentLength is not null)
            headers.ContentLength = body.Length;
        return headers;
    }
}
