using System.Net;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

internal static class RequestAddress
{
    /// <summary>The URL under which the client reached this program, with a slash at its end.</summary>
    /// <exception cref="ApiException">The Host header, or what a proxy sent in its place, makes no URL.</exception>
    public static Uri BaseAddress(this HttpRequest request) =>
        Uri.TryCreate($"{request.Scheme}://{HostOf(request)}{request.PathBase}/", UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
            ? address
            : throw new ApiException(RequestErrorCode.ValidationFailed, "The Host header is not a host name with an optional port.");

    // HTTP/1.0 needs no Host, and HTTP/1.1 allows an empty one.
    private static string HostOf(HttpRequest request)
    {
        // As it was sent: HttpRequest.Host decodes it, and throws where it cannot ("xn--").
        if (request.Headers.Host.ToString() is { Length: > 0 } host)
            return host;
        var connection = request.HttpContext.Connection;
        return connection.LocalIpAddress is { } address
            ? new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, connection.LocalPort).ToString()
            : "localhost";
    }
}
