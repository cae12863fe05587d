using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Storyboards;

/// <summary>
/// One run of ffmpeg over a series of tiles, in order. For each tile, it returns the last frame that does not begin after the
/// tile's start, of all frames or only of keyframes.
/// </summary>
internal sealed class TileReader : IAsyncDisposable
{
    // For rounding in ffmpeg's time arithmetic.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(1);

    private readonly ProbedVideo _video;
    private readonly StoryboardPlan _plan;
    private readonly TileRun _run;
    private readonly FrameReport _report;
    private readonly RawFrames _frames;
    private TimeSpan? _firstSlot;
    private int _next;

    public TileReader(MediaTools tools, ProbedVideo video, StoryboardPlan plan, TileRun run, int threads, CancellationToken cancellationToken)
    {
        (_video, _plan, _run, _next) = (video, plan, run, run.First);
        _report = new FrameReport(video);
        var choice = FrameChoice.Every(plan.Interval, run.Origin + plan.Start(run.First), run.Last - run.First + 1);
        var extraction = new ExtractionPlan(
            video.IsSeekable && run.From is { } from ? from + video.SeekLead : null,
            run.KeyframesOnly ? choice.After(FrameChoice.Keyframes) : choice,
            run.Format.Simplified(run.Traits),
            threads)
        { KeyframesOnly = run.KeyframesOnly };
        var arguments = ExtractArguments.For(video, extraction, run.Format.Output(run.Traits), _report);
        _frames = new RawFrames(tools, arguments, _report, run.Format.Bytes, cancellationToken);
    }

    /// <summary>The first decoded frame; null if there was none.</summary>
    public Sighting? First { get; private set; }

    /// <summary>The tiles and frames to read.</summary>
    public TileRun Run => _run;

    /// <summary>The exit of ffmpeg; null before that.</summary>
    public MediaExit? Exit => _frames.Exit;

    /// <summary>Reads the frame of the next tile.</summary>
    public async Task<TileFrame> ReadAsync(CancellationToken cancellationToken)
    {
        var tile = _next++;
        var frame = await _frames.ReadAsync(cancellationToken);
        return _frames.Look(report =>
        {
            First ??= report.Decoded.Count > 0 ? report.Decoded[0] : null;
            var judged = frame is null
                ? new TileFrame(report.HasLostData ? TileState.Broken : TileState.Ended, null)
                : Judge(tile, frame, report);
            report.Forget(_run.Origin + _plan.Start(tile));
            return judged;
        });
    }

    public ValueTask DisposeAsync() => _frames.DisposeAsync();

    private TileFrame Judge(int tile, RawFrame frame, FrameReport report)
    {
        var decoded = report.Decoded;
        var time = _run.Origin + _plan.Start(tile);
        // When the video changes its size or format, ffmpeg restarts its filters, and with them their times.
        _firstSlot ??= frame.Sighting.Time;
        var isExpected = (frame.Sighting.Time - _firstSlot.Value - (_plan.Start(tile) - _plan.Start(_run.First))).Duration() < Tolerance;
        var index = OnScreen(decoded, time);
        if (index < 0)
            return new TileFrame(TileState.None, null);
        var shown = decoded[index];
        if (!isExpected || !_run.Fits(shown.Traits))
            return new TileFrame(TileState.Other, shown);
        if (new DecodedFrames(report, _video).IsDamaged(index) || IsLost(decoded, index, time))
            return new TileFrame(TileState.Damaged, shown);
        return new TileFrame(TileState.Shown, shown) { Pixels = frame.Pixels };
    }

    private int OnScreen(IReadOnlyList<Sighting> decoded, TimeSpan time)
    {
        var (whole, shown) = (_video.BeginsAtKeyframes, -1);
        for (var i = 0; i < decoded.Count && decoded[i].Time <= time; i++)
        {
            whole |= decoded[i].IsWhole;
            // Some decoders return other frames too.
            if (_run.KeyframesOnly ? decoded[i].IsWhole : whole)
                shown = i;
        }

        return shown;
    }

    // Whether a player would show a frame at that time that could not be decoded.
    private bool IsLost(IReadOnlyList<Sighting> decoded, int index, TimeSpan time) =>
        !_run.KeyframesOnly && index + 1 < decoded.Count && decoded[index + 1].Errors > decoded[index].Errors
        && time - decoded[index].Time > 2 * _video.FrameInterval;
}

/// <summary>The tiles and frames that a <see cref="TileReader"/> reads.</summary>
/// <param name="From">The time to start at, by the file's clock; null for the start of the video.</param>
/// <param name="Origin">The time of position 0 by the file's clock.</param>
/// <param name="First">The first tile.</param>
/// <param name="Last">The last tile.</param>
/// <param name="KeyframesOnly">Whether to use only keyframes.</param>
/// <param name="Format">The format of the tiles.</param>
/// <param name="Traits">The expected properties of the frames.</param>
internal sealed record TileRun(TimeSpan? From, TimeSpan Origin, int First, int Last, bool KeyframesOnly, TileFormat Format, FrameTraits Traits)
{
    /// <summary>Returns whether the output for a frame would be the same as for the expected one.</summary>
    public bool Fits(FrameTraits frame) =>
        Format.Output(frame).IsSame(Format.Output(Traits))
        && (Format.Simplified(Traits).NeedsDeinterlacing || !Format.Simplified(frame).NeedsDeinterlacing);
}

/// <summary>The frame for a tile.</summary>
/// <param name="State">The state of the frame.</param>
/// <param name="Sighting">The frame; null if there is none.</param>
internal sealed record TileFrame(TileState State, Sighting? Sighting)
{
    /// <summary>The pixels of the tile; null if the frame cannot be used.</summary>
    public byte[]? Pixels { get; init; }
}

/// <summary>The states of a frame for a tile.</summary>
internal enum TileState
{
    /// <summary>The frame is on screen at the start of the tile.</summary>
    Shown,

    /// <summary>No frame has begun by then.</summary>
    None,

    /// <summary>The frame does not have the expected properties.</summary>
    Other,

    /// <summary>The frame could not be decoded without errors.</summary>
    Damaged,

    /// <summary>The video has already ended.</summary>
    Ended,

    /// <summary>The rest of the video could not be read or decoded.</summary>
    Broken,
}
