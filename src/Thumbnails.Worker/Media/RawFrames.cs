using System.Threading.Channels;

namespace Thumbnails.Worker.Media;

/// <summary>
/// The frames that one run of ffmpeg decodes, as raw pixels of a fixed size, one at a time: ffmpeg waits until a frame has been
/// read. Dispose it to stop ffmpeg early.
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

    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="arguments">Arguments that write frames of one size to standard output.</param>
    /// <param name="report">The report whose filters are in the arguments.</param>
    /// <param name="frameBytes">The size of a frame.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    public RawFrames(MediaTools tools, IReadOnlyList<string> arguments, FrameReport report, int frameBytes, CancellationToken cancellationToken)
    {
        _report = report;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _run = RunAsync(tools.Ffmpeg, arguments, frameBytes);
    }

    /// <summary>How ffmpeg ended. Only after the last frame.</summary>
    public MediaExit? Exit { get; private set; }

    /// <summary>Reads the next frame; null after the last one.</summary>
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

    /// <summary>Reads the report, which grows meanwhile.</summary>
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
            // The pipe closes, which ends an ffmpeg that waits for it and does not notice an interrupt.
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

/// <summary>A frame and what was reported of it.</summary>
/// <param name="Pixels">Its pixels.</param>
/// <param name="Sighting">The frame as it was on its way out.</param>
internal sealed record RawFrame(byte[] Pixels, Sighting Sighting);
