using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Sources;

/// <summary>
/// Serves a remote video to ffmpeg at an address of this machine that nobody else can guess. So ffmpeg needs no network
/// but this, no credentials, no TLS; the bytes that are fetched can be counted; and no more are fetched than are read,
/// which a socket to a far server does not do: when ffmpeg closes one, megabytes are on their way in its buffers.
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

    /// <summary>How many bytes of the video were fetched.</summary>
    public long BytesRead => _blocks.BytesRead;

    /// <summary>Why the video could not be fetched, when it could not.</summary>
    public StorageException? Failure { get; private set; }

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
                connections.Add(AnswerAsync(client));
            }
        }
        finally
        {
            await Task.WhenAll(connections).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AnswerAsync(TcpClient client)
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
                // ffmpeg has what it wants and is gone.
            }
        }
    }
}
