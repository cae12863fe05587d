using System.Globalization;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// Which of the decoded frames becomes the picture, as ffmpeg filters. ffmpeg rebuilds its filters whenever a video changes
/// its size or format, and they lose their state. So these look at the frame itself; the one that compares it with the frame
/// before selects nothing after a rebuild. Times are those of the file's own clock.
/// </summary>
/// <param name="Filters">The selection, and the end of the decoding.</param>
/// <param name="StopsAtPicture">Whether the decoding ends with the first picture.</param>
internal sealed record FrameChoice(string Filters, bool StopsAtPicture)
{
    /// <summary>The first frame that can be decoded without any other.</summary>
    public static readonly FrameChoice FirstWhole = new("select='key+eq(pict_type,I)+not(pict_type)'", true);

    /// <summary>The first frame, when the decoding begins with a keyframe.</summary>
    public static readonly FrameChoice First = new("select=1", true);

    /// <summary>The frames that begin in an interval, which should be one; decodes until the first frame after it.</summary>
    public static FrameChoice Between(TimeSpan after, TimeSpan until) =>
        new($"{EndAfter(until)},select='gt(pts,{Text(after)})*lte(pts,{Text(until)})'", false);

    /// <summary>The frame of exactly this time.</summary>
    public static FrameChoice At(TimeSpan time) => new($"{EndAfter(time)},select='eq(pts,{Text(time)})'", true);

    /// <summary>The frame of this time that follows a later one; decodes until the frame after it.</summary>
    public static FrameChoice AtBackstep(TimeSpan time, TimeSpan previous) =>
        new($"{EndAfter(previous)},select='eq(pts,{Text(time)})*lt(pts,prev_pts)'", false);

    /// <summary>Every frame that can be decoded without any other.</summary>
    public static readonly FrameChoice Keyframes = new("select='key+eq(pict_type,I)+not(pict_type)'", false);

    /// <summary>
    /// The frames on screen at regular times, each under that time. ffmpeg's filter rounds; a microsecond more keeps a frame that
    /// begins exactly then.
    /// </summary>
    public static FrameChoice Every(double interval, TimeSpan from, int count) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"fps=fps=1/{interval:0.######}:start_time={(from + TimeSpan.FromMicroseconds(1.5)).TotalSeconds:F7}:round=up"),
        false)
    { MaxFrames = count };

    /// <summary>The same choice, among the frames that another one selects.</summary>
    public FrameChoice After(FrameChoice other) => this with { Filters = $"{other.Filters},{Filters}" };

    /// <summary>The number of frames after which the decoding ends; null for all.</summary>
    public int? MaxFrames { get; private init; } = StopsAtPicture ? 1 : null;

    private static string EndAfter(TimeSpan time) => $"trim=end_pts={Text(time + TimeSpan.FromMicroseconds(1))}";

    private static string Text(TimeSpan time) => (time.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
}
