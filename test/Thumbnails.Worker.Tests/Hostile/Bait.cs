using System.Net;
using System.Net.Sockets;
using CliWrap;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>A file and a URL that a video must not make ffmpeg open. Records whether they were opened.</summary>
internal sealed class Bait : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _opened;

    private Bait(string file)
    {
        File = file;
        _listener.Start();
        // Opening a named pipe for writing blocks until it is opened for reading.
        _opened = Task.Factory.StartNew(
            () => new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose(), TaskCreationOptions.LongRunning);
    }

    public string File { get; }

    public string Address => $"http://{_listener.LocalEndpoint}/bait.ts";

    public bool WasTaken => _opened.IsCompleted || _listener.Pending();

    public static async Task<Bait> LayAsync(string file)
    {
        await Cli.Wrap("mkfifo").WithArguments(file).ExecuteAsync();
        return new Bait(file);
    }

    /// <summary>Replaces the placeholders <c>FILE</c>, <c>NAME</c> and <c>ADDRESS</c> in a template.</summary>
    public string Fill(string template) =>
        template.Replace("FILE", File, StringComparison.Ordinal).Replace("NAME", Path.GetFileName(File), StringComparison.Ordinal)
            .Replace("ADDRESS", Address, StringComparison.Ordinal);

    public void Dispose()
    {
        if (!_opened.IsCompleted)
            new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite).Dispose();
        _opened.Wait();
        _listener.Dispose();
    }
}
