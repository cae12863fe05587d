using System.Net;
using System.Net.Sockets;
using CliWrap;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>
/// A video that never ends, served through a named pipe or over HTTP. It is a transport stream that repeats a short piece,
/// because ffprobe and ffmpeg read the pipe concurrently, and each gets only part of it.
/// </summary>
internal sealed class EndlessVideo : IDisposable
{
    private readonly byte[] _piece;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _asked = new();

    private EndlessVideo(byte[] piece) => _piece = piece;

    /// <summary>Completes when something begins to read.</summary>
    public Task Asked => _asked.Task;

    public static async Task<EndlessVideo> CreateAsync()
    {
        using var folder = new TempFolder();
        await Ffmpeg.RunAsync("-f lavfi -i color=black:s=64x64:r=25:d=0.2 -c:v mpeg1video -f mpegts", folder["piece"]);
        return new EndlessVideo(await File.ReadAllBytesAsync(folder["piece"]));
    }

    /// <summary>Serves it through a named pipe.</summary>
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

    /// <summary>Serves it over HTTP, from the beginning, whatever range is requested.</summary>
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
            do
            {
                stream.Write(_piece);
                _asked.TrySetResult();
            }
            while (!_stop.Token.WaitHandle.WaitOne(1));
        }
        catch (IOException)
        {
            // The reader has closed the connection.
        }
    }
}
