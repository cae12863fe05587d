using System.Globalization;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// The arguments of ffmpeg for one attempt at a frame. ffmpeg's own accurate seek drops every frame before the requested time,
/// and therefore returns the next frame, whereas a player shows the last frame that is not after that time. So all frames from a
/// keyframe onward are decoded and reported, and <see cref="FrameChoice"/> selects one.
/// </summary>
internal static class ExtractArguments
{
    public static IReadOnlyList<string> For(ProbedVideo video, ExtractionPlan plan, FrameOutput output, FrameReport report) =>
        With(["-vf", Filters(plan, output, report)], video, plan, output.Encoder);

    /// <summary>The same arguments, with the filters to be read from standard input once the video has been opened.</summary>
    public static IReadOnlyList<string> AwaitingFilters(ProbedVideo video, ExtractionPlan plan, IReadOnlyList<string> encoder) =>
        With(["-filter_script:v", "pipe:0"], video, plan, encoder);

    public static string Filters(ExtractionPlan plan, FrameOutput output, FrameReport report) =>
        string.Join(',', [report.DecodedFilter, .. Deinterlacing(plan), plan.Choice.Filters, .. output.Filters, report.EncodedFilter]);

    private static IReadOnlyList<string> With(IReadOnlyList<string> filters, ProbedVideo video, ExtractionPlan plan, IReadOnlyList<string> encoder) =>
    [
        .. MediaInput.GlobalArguments, "-nostdin", "-nostats", "-loglevel", "repeat+level+info",
        "-threads", plan.Threads.ToString(CultureInfo.InvariantCulture),
        // Keeps the timestamps of the file.
        "-copyts",
        .. Seek(plan),
        .. Decoder(video),
        .. Discarding(video, plan),
        .. video.Input.Arguments,
        "-map", string.Create(CultureInfo.InvariantCulture, $"0:{video.StreamIndex}"),
        "-filter_threads", "1",
        .. filters,
        // Frames are neither dropped nor repeated to get a constant rate.
        "-fps_mode", "passthrough",
        .. plan.Choice.MaxFrames is { } frames ? (string[])["-frames:v", frames.ToString(CultureInfo.InvariantCulture)] : [],
        // Removes the source's metadata, which may include the location of the recording, and the encoder's tag.
        "-map_metadata", "-1", "-bitexact",
        .. encoder,
        "pipe:1",
    ];

    private static string[] Seek(ExtractionPlan plan) => plan.Seek is { } seek
        ? ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", seek.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture)]
        : [];

    private static string[] Decoder(ProbedVideo video) => video.Decoder is { } decoder
        ? [string.Create(CultureInfo.InvariantCulture, $"-c:{video.StreamIndex}"), decoder]
        : [];

    private static string[] Discarding(ProbedVideo video, ExtractionPlan plan) => plan.KeyframesOnly
        // A single keyframe comes without waiting for frames that may be shown before it.
        ? ["-skip_frame", "nokey", .. plan.Choice.StopsAtPicture ? (string[])["-flags", "low_delay"] : [], .. video.DiscardsBeforeReading ? (string[])["-discard", "nokey"] : []]
        : [];

    // Before the selection, because it compares adjacent frames.
    private static string[] Deinterlacing(ExtractionPlan plan) => plan.Traits.NeedsDeinterlacing
        ? ["bwdif=mode=send_frame:deint=interlaced", "settb=AVTB"]
        : [];
}
