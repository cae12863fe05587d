using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storyboards;

namespace Thumbnails.Worker.Previews;

/// <summary>Decodes the segments of a preview, one after the other.</summary>
internal sealed class SegmentReader(MediaTools tools, ProbedVideo video, PreviewPlan plan, int threads) : IAsyncDisposable
{
    // With a coarse or missing index, a seek may land past the start of a segment.
    private static readonly TimeSpan[] StepsBack = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.MaxValue];

    private readonly List<double> _starts = [];
    private FrameTraits _traits = video.Traits;
    private TimeSpan _origin = video.Start;
    private TileFormat? _format;
    private RawFrames? _segment;
    private RawFrame? _next;
    private TimeSpan? _seek;
    private int _read;
    private bool _isLast;

    /// <summary>The size of the frames.</summary>
    public TileFormat Format => _format ?? throw new InvalidOperationException();

    /// <summary>The number of frames that have been decoded.</summary>
    public int FrameCount { get; private set; }

    /// <summary>The actual times at which the segments start.</summary>
    public IReadOnlyList<double> Starts => _starts;

    /// <summary>Starts with the first segment, and returns the size of the frames.</summary>
    /// <exception cref="JobFailedException">The segment has no frames.</exception>
    public async Task<TileFormat> BeginAsync(int width, CancellationToken cancellationToken)
    {
        await OpenAsync(plan.Starts[0], width, cancellationToken);
        if (_next is null)
            throw _segment!.Exit is { } exit && _segment.Look(report => report.Decoded.Count == 0 || report.HasLostData)
                ? MediaFailure.Of(exit, "No frame of the preview could be decoded. Choose another start.")
                : PreviewPlan.OutOfRange(video.Duration!.Value);
        return Format;
    }

    /// <summary>Writes the frames of all segments.</summary>
    public async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        foreach (var start in plan.Starts)
        {
            if (start != plan.Starts[0])
                await OpenAsync(start, Format.Width, cancellationToken);
            for (; _next is not null; _next = await ReadAsync(start, cancellationToken), FrameCount++)
                await stream.WriteAsync(_next.Pixels, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _segment?.DisposeAsync() ?? ValueTask.CompletedTask;

    // Repeats until the first frame is as assumed and not after the start.
    private async Task OpenAsync(TimeSpan start, int width, CancellationToken cancellationToken)
    {
        for (var (step, attempt) = (0, 1); ; attempt++)
        {
            await DisposeAsync();
            _format ??= TileFormat.Of(width, _traits);
            var isFromStart = !video.IsSeekable || StepsBack[step] >= start;
            (_read, _isLast, _seek) = (0, false, isFromStart ? null : _origin + start - StepsBack[step]);
            _segment = Start(FrameChoice.Every(1 / plan.FrameRate, _origin + start, plan.FramesPerSegment), cancellationToken);
            _next = await ReadAsync(start, cancellationToken);
            if (_segment.Look(report => report.Decoded.Count > 0 ? report.Decoded[0] : null) is not { } first || attempt > StepsBack.Length)
                break;
            if (!isFromStart && first.Time > _origin + start)
                step++;
            else if (!Adopt(first, width))
                break;
        }

        if (_next is not null)
            _starts.Add((_segment!.Look(report => report.Decoded.LastOrDefault(frame => frame.Time <= _origin + start, report.Decoded[0])).Time - _origin).TotalSeconds);
    }

    // Returns whether another attempt is needed, with the actual properties of the first frame.
    private bool Adopt(Sighting first, int width)
    {
        var (format, origin) = (_starts.Count == 0 ? TileFormat.Of(width, first.Traits) : Format, video.HasStart ? _origin : first.Time);
        if (format == _format && origin == _origin && new TileRun(null, origin, 0, 0, false, format, _traits).Fits(first.Traits))
            return false;
        (_format, _origin, _traits) = (format, origin, first.Traits);
        return true;
    }

    // ffmpeg's filter outputs a frame when it receives the next one, and therefore drops the last frame of a video.
    private async Task<RawFrame?> ReadAsync(TimeSpan start, CancellationToken cancellationToken)
    {
        var frame = await _segment!.ReadAsync(cancellationToken);
        if (frame is not null)
            _read++;
        if (frame is not null || _isLast || _read == plan.FramesPerSegment)
            return frame;
        _isLast = true;
        var last = _segment.Look(report => report.Decoded.Count > 0 ? report.Decoded[^1] : null);
        if (last is null || last.Time <= _origin + start + TimeSpan.FromSeconds((_read - 1) / plan.FrameRate))
            return null;
        await _segment.DisposeAsync();
        _segment = Start(FrameChoice.At(last.Time), cancellationToken);
        return await _segment.ReadAsync(cancellationToken);
    }

    private RawFrames Start(FrameChoice choice, CancellationToken cancellationToken)
    {
        var report = new FrameReport(video);
        var extraction = new ExtractionPlan(_seek, choice, Format.Simplified(_traits), threads);
        return new RawFrames(tools, ExtractArguments.For(video, extraction, Format.Output(_traits), report), report, Format.Bytes, cancellationToken);
    }
}
