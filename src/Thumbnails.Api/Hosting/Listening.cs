using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Thumbnails.Api.Hosting;

internal static class Listening
{
    /// <summary>Runs the application, unless it listens where nobody without a key may reach it.</summary>
    /// <exception cref="SettingsException">It does, whichever setting named the address; or the address is https.</exception>
    public static async Task RunAsync(this WebApplication app, AuthSettings settings)
    {
        await using (app)
        {
            await StartAsync(app);
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            if (settings.IsLoopbackOnly && addresses.FirstOrDefault(address => !IsLocal(address)) is { } open)
                throw new SettingsException([$"Auth:ApiKeys {AuthSettings.Missing}: the API listens on {open}"]);
            await app.WaitForShutdownAsync();
        }
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("UseKestrelHttpsConfiguration", StringComparison.Ordinal))
        {
            throw new SettingsException(["ASPNETCORE_URLS and Kestrel:Endpoints must be http: TLS ends in a proxy in front of the API"]);
        }
    }

    // As the server reports them, never a name other than localhost.
    private static bool IsLocal(string address)
    {
        var parsed = BindingAddress.Parse(address);
        return parsed.IsUnixPipe
            || parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
