using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Primitives;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// The host names that the API accepts. Without keys it accepts only loopback names, because a web page can make any other name
/// resolve to this machine (DNS rebinding).
/// </summary>
/// <param name="Names">The names in <c>AllowedHosts</c>, including wildcards; null to accept any name.</param>
/// <param name="Addresses">Whether an IP address is also accepted.</param>
internal sealed record HostNames(IList<StringSegment>? Names, Func<IPAddress, bool> Addresses)
{
    private static readonly StringSegment[] Loopback = ["localhost", "*.localhost"];

    public static HostNames Read(SettingsReader reader, bool isAnonymous, bool anyAddress)
    {
        var given = reader.Text("AllowedHosts")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (given is { Length: > 0 })
            return new HostNames(given.Contains("*") ? null : [.. given.Select(name => new StringSegment(name))], _ => false);
        // An IP address in a URL needs no DNS, so it cannot be rebound.
        return new HostNames(isAnonymous ? Loopback : null, anyAddress ? _ => true : IPAddress.IsLoopback);
    }

    /// <summary>Returns whether a host is accepted. A request without one is HTTP/1.0, which no browser uses.</summary>
    public bool Allow(HostString host) => Names is null || !host.HasValue || HostString.MatchesAny(host.Host, Names)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && Addresses(address));
}

internal static class HostNameCheck
{
    // Replaces the framework's check, which responds with an HTML page.
    public static IServiceCollection AddHostNames(this IServiceCollection services) =>
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);

    public static IApplicationBuilder UseHostNames(this IApplicationBuilder app, AuthSettings settings) => app.Use((context, next) =>
    {
        _ = context.Request.BaseUrl();
        if (!settings.Hosts.Allow(new HostString(context.Request.Headers.Host.ToString())))
            throw new ApiException(RequestErrorCode.Forbidden, "The service does not accept this Host header. Use localhost, or add the name to AllowedHosts.");
        // Applies until startup has checked the addresses that the server listens on.
        if (settings.IsLoopbackOnly && context.Connection.LocalIpAddress is { } address && !IPAddress.IsLoopback(address))
            throw new ApiException(RequestErrorCode.Forbidden, "The service has no API keys, so it accepts requests from this machine only. Set Auth:ApiKeys to allow others.");
        return next(context);
    });
}
