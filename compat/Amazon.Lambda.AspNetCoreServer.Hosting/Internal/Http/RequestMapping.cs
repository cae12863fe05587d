using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using static Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Makes ASP.NET Core's request of an event of payload format 2.0.</summary>
internal static class RequestMapping
{
    // What the package calls it.
    private const string AuthenticationType = "AuthorizerIdentity";

    /// <exception cref="JsonException">It is no such event.</exception>
    public static APIGatewayHttpApiV2ProxyRequest Read(ReadOnlySpan<byte> payload)
    {
        var request = JsonSerializer.Deserialize(payload, LambdaJson.Default.APIGatewayHttpApiV2ProxyRequest);
        return request?.RequestContext?.Http is { Method.Length: > 0, Path: not null }
            ? request
            : throw new JsonException("The event is no HTTP request of payload format 2.0: it has no requestContext.http.");
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

    /// <exception cref="JsonException">It is said to be base64, and is not.</exception>
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
            throw new JsonException("The event's body is not base64.", exception);
        }
    }

    /// <summary>
    /// The claims of a token that API Gateway verified. Callers that sign with IAM have none, as in the package: the event's
    /// request context names them.
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
        // Several values came joined by commas, and stay so: only the reader of a header knows what its commas mean.
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
