using System.Net;
using System.Net.Sockets;
using CliWrap;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>A video that begins as it should, and never ends: behind a named pipe, or behind an address.</summary>
internal sealed class EndlessVideo : IDisposable
{
    private static readonly byte[] Header = "YUV4MPEG2 W64 H64 F25:1 Ip A1:1 C420jpeg\n"u8.ToArray();
    private static readonly byte[] Frame = [.. "FRAME\n"u8, .. new byte[64 * 64 * 3 / 2]];

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _asked = new();

    /// <summary>Done when somebody has begun to read.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Makes a file of it.</summary>
    public async Task ServeFileAsync(string path)
    {
        await Cli.Wrap("mkfifo").WithArguments(path).ExecuteAsync();
        _ = Task.Factory.StartNew(() =>
        {
            while (!_stop.IsCancellationRequested)
            {
                using var pipe = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                WriteTo(pipe);
            }
        }, TaskCreationOptions.LongRunning);
    }

    /// <summary>Serves it, all of it at a time, whatever part is asked for.</summary>
    public Uri ServeHttp()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _stop.Token.Register(listener.Dispose);
        _ = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(_stop.Token);
                client.GetStream().Write("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nConnection: close\r\n\r\n"u8);
                WriteTo(client.GetStream());
            }
        });
        return new Uri($"http://{listener.LocalEndpoint}/video.mp4");
    }

    public void Dispose() => _stop.Cancel();

    // Slow enough not to fill a disk.
    private void WriteTo(Stream stream)
    {
        try
        {
            stream.Write(Header);
            _asked.TrySetResult();
            while (!_stop.Token.WaitHandle.WaitOne(1))
                stream.Write(Frame);
        }
        catch (IOException)
        {
            // Whoever read has gone.
        }
    }
}
