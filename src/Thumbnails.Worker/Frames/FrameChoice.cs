using System.Globalization;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// Selects one of the decoded frames, as ffmpeg filters. ffmpeg rebuilds its filters whenever a video changes its size or
/// format, and they lose their state. So these filters depend only on the frame itself, except one that compares it with the
/// previous frame and selects nothing after a rebuild. Times are those of the file's clock.
/// </summary>
/// <param name="Filters">The filters that select the frame and end the decoding.</param>
/// <param name="StopsAtPicture">Whether decoding ends with the first picture.</param>
internal sealed record FrameChoice(string Filters, bool StopsAtPicture)
{
    /// <summary>Selects the first frame that can be decoded on its own.</summary>
    public static readonly FrameChoice FirstWhole = new("select='key+eq(pict_type,I)+not(pict_type)'", true);

    /// <summary>Selects the first frame, when decoding starts at a keyframe.</summary>
    public static readonly FrameChoice First = new("select=1", true);

    /// <summary>Selects the frames that begin in an interval, normally one. Decodes until the first frame after it.</summary>
    public static FrameChoice Between(TimeSpan after, TimeSpan until) =>
        new($"{EndAfter(until)},select='gt(pts,{Text(after)})*lte(pts,{Text(until)})'", false);

    /// <summary>Selects the frame with exactly this time.</summary>
    public static FrameChoice At(TimeSpan time) => new($"{EndAfter(time)},select='eq(pts,{Text(time)})'", true);

    /// <summary>
    /// Selects the frame with this time that follows a frame with a later time. Decodes until the frame after it.
    /// </summary>
    public static FrameChoice AtBackstep(TimeSpan time, TimeSpan previous) =>
        new($"{EndAfter(previous)},select='eq(pts,{Text(time)})*lt(pts,prev_pts)'", false);

    /// <summary>Selects every frame that can be decoded on its own.</summary>
    public static readonly FrameChoice Keyframes = new("select='key+eq(pict_type,I)+not(pict_type)'", false);

    /// <summary>
    /// Selects the frames on screen at regular times, and gives each of them that time. ffmpeg's filter rounds; an extra
    /// microsecond includes a frame that begins exactly then.
    /// </summary>
    public static FrameChoice Every(double interval, TimeSpan from, int count) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"fps=fps=1/{interval:0.######}:start_time={(from + TimeSpan.FromMicroseconds(1.5)).TotalSeconds:F7}:round=up"),
        false)
    { MaxFrames = count };

    /// <summary>Returns the same choice among the frames that another choice selects.</summary>
    public FrameChoice After(FrameChoice other) => this with { Filters = $"{other.Filters},{Filters}" };

    /// <summary>The number of frames after which decoding ends; null for all.</summary>
    public int? MaxFrames { get; private init; } = StopsAtPicture ? 1 : null;

    private static string EndAfter(TimeSpan time) => $"trim=end_pts={Text(time + TimeSpan.FromMicroseconds(1))}";

    private static string Text(TimeSpan time) => (time.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
