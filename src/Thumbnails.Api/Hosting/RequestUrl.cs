using System.Net;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

internal static class RequestUrl
{
    /// <summary>Returns the base URL that the client used, with a trailing slash.</summary>
    /// <exception cref="ApiException">The Host header, or the proxy's replacement for it, is not valid.</exception>
    public static Uri BaseUrl(this HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{HostOf(request)}{request.PathBase}/", UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
            ? url
            : throw new ApiException(RequestErrorCode.ValidationFailed, "The Host header must be a host name with an optional port.");

    // HTTP/1.0 requires no Host, and HTTP/1.1 allows an empty one.
    private static string HostOf(HttpRequest request)
    {
        // The raw header: HttpRequest.Host decodes it and throws for invalid Punycode ("xn--").
        if (request.Headers.Host.ToString() is { Length: > 0 } host)
            return host;
        var connection = request.HttpContext.Connection;
        return connection.LocalIpAddress is { } ip
            ? new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, connection.LocalPort).ToString()
            : "localhost";
    }
}
