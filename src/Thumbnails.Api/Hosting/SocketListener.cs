using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// Listens as Kestrel's own transport does, except that it pauses when the process has no file descriptor left. Kestrel's repeats
/// the accept immediately, and keeps a core busy until a connection is closed.
/// </summary>
internal sealed class SocketListenerFactory(IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        socket.Listen(options.Value.Backlog);
        var contexts = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets"));
        return ValueTask.FromResult<IConnectionListener>(new SocketListener(socket, contexts, loggers.CreateLogger<SocketListener>()));
    }

    private Socket Bind(EndPoint endpoint)
    {
        try
        {
            return options.Value.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(exception.Message, exception);
        }
    }
}

internal sealed partial class SocketListener(Socket socket, SocketConnectionContextFactory contexts, ILogger<SocketListener> logger) : IConnectionListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private bool _isPausing;

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    /// <returns>The next connection; null when the listener is closed.</returns>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                _isPausing = false;
                if (accepted.LocalEndPoint is IPEndPoint)
                    accepted.NoDelay = true;
                return contexts.Create(accepted);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                if (!_isPausing)
                    LogPausing();
                _isPausing = true;
                await Task.Delay(Pause, cancellationToken);
            }
            catch (SocketException)
            {
                // The client disconnected before its connection was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => DisposeAsync();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        contexts.Dispose();
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "No connection can be accepted: the limit of open files is reached")]
    private partial void LogPausing();
}
