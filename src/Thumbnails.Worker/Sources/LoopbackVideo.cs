using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Sources;

/// <summary>
/// Serves a remote video to ffmpeg at a loopback URL with a random path. ffmpeg therefore needs no network access, no credentials
/// and no TLS, and the bytes that are fetched can be counted. It also fetches fewer of them: when ffmpeg closes a connection to
/// a remote server, megabytes are still in its buffers.
/// </summary>
internal sealed class LoopbackVideo : IAsyncDisposable
{
    private readonly BlockCache _blocks;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _path = "/" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly Task _serving;

    public LoopbackVideo(IRangedObject video)
    {
        _blocks = new BlockCache(video);
        _listener.Start();
        _serving = ServeAsync();
    }

    public MediaInput Input => MediaInput.Loopback(new Uri($"http://{_listener.LocalEndpoint}{_path}"));

    /// <summary>The number of bytes of the video that were fetched.</summary>
    public long BytesRead => _blocks.BytesRead;

    /// <summary>The last error of the store; null when there was none.</summary>
    public StorageException? Failure { get; private set; }

    /// <summary>Reads a part of the video, and less at its end.</summary>
    /// <exception cref="StorageException">The bytes cannot be read.</exception>
    public async Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Clamp(_blocks.Length - offset, 0, count)];
        for (var (length, blocks) = (0, 0); length < bytes.Length; blocks++)
        {
            var block = await _blocks.ReadAsync(offset + length, blocks, cancellationToken);
            var part = block[..Math.Min(block.Length, bytes.Length - length)];
            part.CopyTo(bytes.AsMemory(length));
            length += part.Length;
        }

        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(HandleAsync(client));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task HandleAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await new RangeRequestHandler(client, _blocks, _path).RunAsync(_stop.Token);
            }
            catch (StorageException exception)
            {
                Failure = exception;
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // ffmpeg has read what it needs and closed the connection.
            }
        }
    }
}
