using System.Threading.Channels;

namespace Thumbnails.Worker.Media;

/// <summary>
/// The frames that one run of ffmpeg decodes, as raw pixels of a fixed size, one at a time: ffmpeg waits until a frame has been
/// read. Disposing it stops ffmpeg.
/// </summary>
internal sealed class RawFrames : IAsyncDisposable
{
    private readonly Channel<byte[]> _frames = Channel.CreateBounded<byte[]>(1);
    private readonly SemaphoreSlim _lines = new(0);
    private readonly CancellationTokenSource _stop;
    private readonly FrameReport _report;
    private readonly Task<MediaExit> _run;
    private int _complete;
    private volatile bool _hasEnded;
    private int _read;

    /// <param name="tools">The paths of ffmpeg and ffprobe.</param>
    /// <param name="arguments">The arguments, which write frames of one size to standard output.</param>
    /// <param name="report">The report whose filters are in the arguments.</param>
    /// <param name="frameBytes">The size of a frame in bytes.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    public RawFrames(MediaTools tools, IReadOnlyList<string> arguments, FrameReport report, int frameBytes, CancellationToken cancellationToken)
    {
        _report = report;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _run = RunAsync(tools.Ffmpeg, arguments, frameBytes);
    }

    /// <summary>The exit of ffmpeg; null before the last frame has been read.</summary>
    public MediaExit? Exit { get; private set; }

    /// <summary>Reads the next frame. Returns null after the last one.</summary>
    public async Task<RawFrame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _frames.Reader.WaitToReadAsync(cancellationToken) || !_frames.Reader.TryRead(out var pixels))
        {
            Exit = await _run;
            return null;
        }

        _read++;
        while (Volatile.Read(ref _complete) < _read && !_hasEnded)
            await _lines.WaitAsync(cancellationToken);
        return Volatile.Read(ref _complete) < _read ? null : new RawFrame(pixels, Look(report => report.Encoded[_read - 1]));
    }

    /// <summary>Reads the report, which is being extended concurrently.</summary>
    public T Look<T>(Func<FrameReport, T> read)
    {
        lock (_report)
            return read(_report);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _lines.Dispose();
    }

    private async Task<MediaExit> RunAsync(string ffmpeg, IReadOnlyList<string> arguments, int frameBytes)
    {
        try
        {
            return await MediaProcess.StreamAsync(ffmpeg, arguments, null, (stream, token) => SplitAsync(stream, frameBytes, token), TryAdd, _stop.Token);
        }
        finally
        {
            _hasEnded = true;
            _frames.Writer.TryComplete();
            _lines.Release();
        }
    }

    private async Task SplitAsync(Stream stream, int frameBytes, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        try
        {
            while (true)
            {
                var frame = new byte[frameBytes];
                if (await stream.ReadAtLeastAsync(frame, frameBytes, throwOnEndOfStream: false, stop.Token) < frameBytes)
                    return;
                await _frames.Writer.WriteAsync(frame, stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Closing the pipe ends an ffmpeg that is blocked on it and does not react to an interrupt.
        }
    }

    private bool TryAdd(string line)
    {
        lock (_report)
        {
            if (!_report.TryAdd(line))
                return false;
            Volatile.Write(ref _complete, _report.CompleteFrames);
        }

        _lines.Release();
        return true;
    }
}

/// <summary>A frame and its report.</summary>
/// <param name="Pixels">The pixels.</param>
/// <param name="Sighting">The frame as reported just before the output.</param>
internal sealed record RawFrame(byte[] Pixels, Sighting Sighting);
