using System.Net;
using System.Net.Sockets;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// Connects to public addresses only. The name is resolved once, and the connection uses the checked address, which prevents DNS
/// rebinding.
/// </summary>
/// <param name="allowPrivate">Whether to allow any address, for development.</param>
internal sealed class GuardedConnection(bool allowPrivate)
{
    /// <exception cref="AddressNotAllowedException">The host has no public IP address.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var resolved = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = allowPrivate ? resolved : Array.FindAll(resolved, PublicIpFilter.Contain);
        if (allowed.Length == 0)
            throw new AddressNotAllowedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

internal sealed class AddressNotAllowedException() : Exception("The host has no public IP address.");
