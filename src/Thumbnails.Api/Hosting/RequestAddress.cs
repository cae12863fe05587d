namespace Thumbnails.Api.Hosting;

internal static class RequestAddress
{
    /// <summary>The address under which the client reached this program, with a slash at its end.</summary>
    public static Uri BaseAddress(this HttpRequest request) => new($"{request.Scheme}://{request.Host}{request.PathBase}/");
}
