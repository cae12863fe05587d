using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Storyboards;

/// <summary>
/// Makes the tiles of a storyboard, sheet by sheet. One run over the video decodes its keyframes, which serve every tile that
/// starts less than an interval after one. For the other tiles, the stretches of video around them are decoded completely.
/// </summary>
internal sealed class TileSource : IAsyncDisposable
{
    private const int MaxChanges = 8, MaxFailures = 3;
    private const string Damaged = "The video is damaged there: no frame could be decoded.";

    // The number of pixels decoded in about the time that it takes to start ffmpeg.
    private const double PixelsPerStart = 40_000_000;

    private readonly ProbedVideo _video;
    private readonly StoryboardPlan _plan;
    private readonly TileReaders _readers;
    private readonly FrameExtractor _extractor;
    private readonly List<TimeSpan> _keyframes = [];
    private TileReader _reader;
    private TileFrame? _first;
    private TileState _state;
    private int _changes;
    private Picture? _end;
    private JobError? _broken;

    private TileSource(ProbedVideo video, StoryboardPlan plan, TileReaders readers, FrameExtractor extractor, TileReader reader, TileFrame first) =>
        (_video, _plan, _readers, _extractor, _reader, _first) = (video, plan, readers, extractor, reader, first);

    public TileFormat Format => _reader.Run.Format;

    public static async Task<TileSource> OpenAsync(
        MediaTools tools, FrameExtractor extractor, ProbedVideo video, StoryboardPlan plan, int width, int threads, CancellationToken cancellationToken)
    {
        var readers = new TileReaders(tools, video, plan, threads);
        var (reader, first) = await readers.BeginAsync(width, cancellationToken);
        return new TileSource(video, plan, readers, extractor, reader, first);
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    /// <summary>Makes the tiles of a sheet.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="first">The first tile of the sheet.</param>
    /// <param name="count">The number of tiles in the sheet.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    public async Task<IReadOnlyList<StoryboardTile>> FillAsync(Sheet sheet, int first, int count, CancellationToken cancellationToken)
    {
        var filling = new Filling(sheet, first, new StoryboardTile?[count]);
        for (var tile = first; tile < first + count; tile++)
            Take(filling, tile, await NextAsync(tile, cancellationToken));
        foreach (var stretch in _plan.Stretches(filling.Gaps, _keyframes, Slack()))
            await FillAsync(filling, stretch, cancellationToken);
        if (_keyframes.Count > 0)
            _keyframes.RemoveRange(0, _keyframes.Count - 1);
        return filling.Tiles!;
    }

    private async Task<TileFrame> NextAsync(int tile, CancellationToken cancellationToken)
    {
        var frame = _first ?? await _reader.ReadAsync(cancellationToken);
        _first = null;
        while (frame is { State: TileState.Other, Sighting: { } other } && _changes++ < MaxChanges)
        {
            await _reader.DisposeAsync();
            _reader = _readers.Start(_reader.Run with { From = other.Time, First = tile, Traits = other.Traits }, cancellationToken);
            frame = await _reader.ReadAsync(cancellationToken);
        }

        _state = frame.State;
        return frame;
    }

    private void Take(Filling filling, int tile, TileFrame frame)
    {
        if (frame is not { State: TileState.Shown, Sighting: { } shown })
            return;
        var time = shown.Time - _reader.Run.Origin;
        if (_keyframes is not [.., var last] || last < time)
            _keyframes.Add(time);
        if (!_reader.Run.KeyframesOnly || _plan.TileOf(time) == tile)
            filling.Set(tile, new StoryboardTile(StartOf(tile), time.TotalSeconds), frame.Pixels!);
    }

    private async Task FillAsync(Filling filling, Stretch stretch, CancellationToken cancellationToken)
    {
        var run = _reader.Run with
        {
            From = _reader.Run.Origin + stretch.From,
            First = stretch.First,
            Last = stretch.Last,
            KeyframesOnly = false,
        };
        // Without an index, the first run has decoded everything already.
        await using var reader = _video.IsSeekable && _broken is null && _end is null ? _readers.Start(run, cancellationToken) : null;
        var (failures, error) = (0, (JobError?)null);
        for (var tile = stretch.First; tile <= stretch.Last; tile++)
        {
            var frame = reader is null ? new TileFrame(_state, null) : error is null ? await reader.ReadAsync(cancellationToken) : null;
            if (filling.IsSet(tile))
                continue;
            if (frame is { State: TileState.Shown, Sighting: { } shown })
            {
                filling.Set(tile, new StoryboardTile(StartOf(tile), (shown.Time - run.Origin).TotalSeconds), frame.Pixels!);
                continue;
            }

            if (_end is null && IsCutOff(frame, tile))
            {
                error = MediaFailure.Of((reader ?? _reader).Exit!, Damaged).Error;
                if (_reader.Exit is not null)
                    _broken = error;
            }

            error ??= _broken;
            if (error is null && await ExtractAsync(filling, tile, frame?.State is TileState.Ended or TileState.Broken, cancellationToken) is { } failure)
                (failures, error) = (failures + 1, failures + 1 == MaxFailures || frame?.State == TileState.Damaged ? failure : null);
            else if (error is not null)
                filling.Fail(tile, new StoryboardTile(StartOf(tile), null) { Error = error });
        }
    }

    // Extracts the exact frame on screen, with all retries. The last frame of the video serves all later tiles.
    private async Task<JobError?> ExtractAsync(Filling filling, int tile, bool hasEnded, CancellationToken cancellationToken)
    {
        try
        {
            var picture = _end ?? await _extractor.ExtractAsync(_video, Format.Output, _plan.Start(tile), cancellationToken);
            if (hasEnded && picture.IsLast)
                _end = picture;
            if (picture.Position > _plan.Start(tile) && _plan.Start(tile) > _video.FirstFrame)
                throw new JobFailedException(JobErrorCode.VideoUnreadable, Damaged);
            filling.Set(tile, new StoryboardTile(StartOf(tile), picture.Position.TotalSeconds), picture.Content);
            return null;
        }
        catch (JobFailedException exception)
        {
            var error = exception.Error with { Message = exception.Error.Message.Replace(FrameSearch.OtherPosition, "", StringComparison.Ordinal) };
            filling.Fail(tile, new StoryboardTile(StartOf(tile), null) { Error = error });
            return error;
        }
    }

    // ffmpeg does not report every truncated file, but there are then fewer frames than the frame rate implies.
    private bool IsCutOff(TileFrame? frame, int tile) => frame?.State switch
    {
        TileState.Broken => !(PastEnd(tile) >= TimeSpan.Zero),
        TileState.Ended => _video.HasConstantRate && PastEnd(tile) < TimeSpan.Zero,
        _ => false,
    };

    private TimeSpan Slack()
    {
        var perFrame = (double)_video.Info.Width * _video.Info.Height;
        var seconds = _video.FrameInterval > TimeSpan.Zero ? PixelsPerStart / perFrame * _video.FrameInterval.TotalSeconds : 1;
        return TimeSpan.FromSeconds(Math.Min(seconds, _plan.Duration));
    }

    private TimeSpan? PastEnd(int tile) => _plan.Start(tile) - (_video.VideoEnd - 1.5 * _video.FrameInterval);

    private double StartOf(int tile) => _plan.Start(tile).TotalSeconds;

    private sealed record Filling(Sheet Sheet, int First, StoryboardTile?[] Tiles)
    {
        public IReadOnlyList<int> Gaps => [.. Enumerable.Range(First, Tiles.Length).Where(tile => !IsSet(tile))];

        public bool IsSet(int tile) => Tiles[tile - First] is not null;

        public void Set(int tile, StoryboardTile made, ReadOnlySpan<byte> pixels)
        {
            Tiles[tile - First] = made;
            Sheet.Set(tile - First, pixels);
        }

        public void Fail(int tile, StoryboardTile failed) => Tiles[tile - First] = failed;
    }
}
