using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// The names under which the API may be called. An API without keys answers under loopback names only: a page in a browser
/// can make any other name resolve to this machine (DNS rebinding).
/// </summary>
/// <param name="Names">Of <c>AllowedHosts</c>, wildcards included; null when any name will do.</param>
/// <param name="Addresses">Which IP addresses will do besides.</param>
internal sealed record HostNames(IList<StringSegment>? Names, Func<IPAddress, bool> Addresses)
{
    private static readonly StringSegment[] Loopback = ["localhost", "*.localhost"];

    public static HostNames Read(SettingsReader reader, bool isAnonymous, bool anyAddress)
    {
        var given = reader.Text("AllowedHosts")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (given is { Length: > 0 })
            return new HostNames(given.Contains("*") ? null : [.. given.Select(name => new StringSegment(name))], _ => false);
        // An address in a URL needs no DNS, so nobody can rebind it.
        return new HostNames(isAnonymous ? Loopback : null, anyAddress ? _ => true : IPAddress.IsLoopback);
    }

    /// <summary>No host at all is HTTP/1.0, which no browser speaks.</summary>
    public bool Allow(HostString host) => Names is null || !host.HasValue || HostString.MatchesAny(host.Host, Names)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && Addresses(address));
}

internal static class HostNameCheck
{
    // In place of the framework's own check, whose answer is a page.
    public static IServiceCollection AddHostNames(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    public static IApplicationBuilder UseHostNames(this IApplicationBuilder app, AuthSettings settings) => app.Use((context, next) =>
    {
        _ = context.Request.BaseAddress();
        if (!settings.Hosts.Allow(new HostString(context.Request.Headers.Host.ToString())))
            throw new ApiException(RequestErrorCode.Forbidden, "This service does not answer under the name in the Host header. Call it as localhost, or set AllowedHosts to its names.");
        // Until the start has looked at what the server listens on.
        if (settings.IsLoopbackOnly && context.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address))
            throw new ApiException(RequestErrorCode.Forbidden, "This service has no API keys and answers this machine only.");
        return next(context);
    });
}
