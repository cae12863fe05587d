using System.Net;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

internal static class RequestAddress
{
    /// <summary>Returns the base URL that the client used, with a trailing slash.</summary>
    /// <exception cref="ApiException">The Host header, or the proxy's replacement for it, is not valid.</exception>
    public static Uri BaseAddress(this HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{HostOf(request)}{request.PathBase}/", UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
            : throw new ApiException(RequestErrorCode.ValidationFailed, "The Host header must be a host name with an optional port.");

    // HTTP/1.0 requires no Host, and HTTP/1.1 allows an empty one.
    private static string HostOf(HttpRequest request)
    {
        // The raw header: HttpRequest.Host decodes it and throws for invalid Punycode ("xn--").
        if (request.Headers.Host.ToString() is { Length: > 0 } host)
            return host;
        var connection = request.HttpContext.Connection;
        return connection.LocalIpAddress is { } address
            ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort).ToString()
            : "localhost";
    }
}
