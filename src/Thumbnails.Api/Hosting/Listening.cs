using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Thumbnails.Api.Hosting;

internal static class Listening
{
    /// <summary>Runs the application, unless it would be reachable by others without a key.</summary>
    /// <exception cref="SettingsException">The application would be reachable by others without a key, or a URL is https or in use.</exception>
    public static async Task RunAsync(this WebApplication app, AuthSettings settings)
    {
        await using (app)
        {
            try
            {
                await StartAsync(app, settings);
            }
            catch (SettingsException)
            {
                // Some services have started, and would report that they were torn down.
                await app.StopAsync();
                throw;
            }

            await app.WaitForShutdownAsync();
        }
    }

    /// <summary>Whether the address to listen on cannot be used. The program ends with a message then; its log needs no stack trace.</summary>
    public static bool IsUnusable(Exception exception) =>
        exception is IOException { InnerException: AddressInUseException } or SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied };

    private static async Task StartAsync(WebApplication app, AuthSettings settings)
    {
        try
        {
            await app.StartAsync();
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("UseKestrelHttpsConfiguration", StringComparison.Ordinal))
        {
            throw new SettingsException(["ASPNETCORE_URLS and Kestrel:Endpoints must be http. Terminate TLS in a proxy in front of the API"]);
        }
        catch (Exception exception) when (IsUnusable(exception))
        {
            throw new SettingsException([$"ASPNETCORE_URLS and Kestrel:Endpoints must name a free address of this machine: {exception.Message}"]);
        }

        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (settings.IsLoopbackOnly && addresses.FirstOrDefault(address => !IsLocal(address)) is { } open)
            throw new SettingsException([$"Auth:ApiKeys {AuthSettings.Missing}: the API listens on {open}"]);
    }

    // The server reports IP addresses, and no name other than localhost.
    private static bool IsLocal(string address)
    {
        var parsed = BindingAddress.Parse(address);
        return parsed.IsUnixPipe
            || parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }
}
