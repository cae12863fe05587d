using System.Globalization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Storyboards;

/// <summary>The tiles of a storyboard by their times, from the start of the video.</summary>
/// <param name="Duration">The duration of the video in seconds.</param>
/// <param name="Interval">The time from one tile to the next, in seconds.</param>
/// <param name="Tiles">The number of tiles.</param>
internal sealed record StoryboardPlan(double Duration, double Interval, int Tiles)
{
    // The shortest default interval. It is accepted for every video.
    private const double ShortInterval = 1;

    // Prevents an extra tile when the video ends within a rounding error of its start.
    private const double Tolerance = 1e-6;

    /// <exception cref="JobFailedException">There are too many tiles, or the interval is longer than the video.</exception>
    public static StoryboardPlan Of(StoryboardRequest request, double duration)
    {
        var interval = request.IntervalFor(duration);
        if (interval > Math.Max(duration, ShortInterval))
            throw new JobFailedException(
                JobErrorCode.IntervalOutOfRange,
                string.Create(CultureInfo.InvariantCulture, $"The interval of the storyboard ({interval:0.###} s) is longer than the video ({duration:0.###} s). Use a shorter interval, or none."));
        var tiles = Math.Max(1, Math.Ceiling((duration - Tolerance) / interval));
        var sheets = Math.Ceiling(tiles / (request.Columns * request.Rows));
        if (tiles <= StoryboardRequest.MaxTiles && sheets > StoryboardRequest.MaxSheets)
            throw new JobFailedException(
                JobErrorCode.VideoTooLarge,
                $"The storyboard would have {sheets:0} sheets; the limit is {StoryboardRequest.MaxSheets}. Use more columns or rows, or a longer interval.");
        if (tiles <= StoryboardRequest.MaxTiles)
            return new StoryboardPlan(duration, interval, (int)tiles);
        var smallest = Math.Ceiling(duration / StoryboardRequest.MaxTiles * 1000) / 1000;
        throw new JobFailedException(
            JobErrorCode.VideoTooLarge,
            string.Create(CultureInfo.InvariantCulture, $"The storyboard would have {tiles:0} tiles; the limit is {StoryboardRequest.MaxTiles}. Use an interval of at least {smallest:0.###} s."));
    }

    /// <summary>Returns when players begin to show a tile.</summary>
    public TimeSpan Start(int tile) => TimeSpan.FromMicroseconds(Math.Round(tile * Interval * 1_000_000));

    /// <summary>
    /// Returns the only tile that may show a keyframe: the first tile that starts at or after the keyframe, within one interval.
    /// Null if there is none.
    /// </summary>
    public int? TileOf(TimeSpan keyframe)
    {
        var tile = (int)Math.Clamp(Math.Floor(keyframe.TotalSeconds / Interval), 0, Tiles);
        if (Start(tile) < keyframe)
            tile++;
        return tile < Tiles && (Start(tile) - keyframe).TotalSeconds < Interval ? tile : null;
    }

    /// <summary>
    /// Returns the stretches of video to decode for tiles without a usable keyframe, each from the keyframe before its first
    /// tile to the start of its last one. Stretches less than <paramref name="slack"/> apart are merged, because starting ffmpeg
    /// again would cost more than decoding the video between them.
    /// </summary>
    /// <param name="gaps">The tiles, in order.</param>
    /// <param name="keyframes">The times of the keyframes that can be decoded, in order.</param>
    /// <param name="slack">The duration of video that may be decoded unnecessarily.</param>
    public IReadOnlyList<Stretch> Stretches(IReadOnlyList<int> gaps, IReadOnlyList<TimeSpan> keyframes, TimeSpan slack)
    {
        var stretches = new List<Stretch>();
        foreach (var tile in gaps)
        {
            TimeSpan? keyframe = keyframes.LastOrDefault(time => time <= Start(tile), TimeSpan.MinValue) is var time && time > TimeSpan.MinValue ? time : null;
            if (stretches is [.., var last] && (keyframe ?? TimeSpan.Zero) <= Start(last.Last) + slack)
                stretches[^1] = last with { Last = tile };
            else
                stretches.Add(new Stretch(keyframe, tile, tile));
        }

        return stretches;
    }
}

/// <summary>A piece of the video to decode.</summary>
/// <param name="From">The keyframe to begin with; null for the start of the video.</param>
/// <param name="First">The first tile.</param>
/// <param name="Last">The last tile.</param>
internal sealed record Stretch(TimeSpan? From, int First, int Last);
