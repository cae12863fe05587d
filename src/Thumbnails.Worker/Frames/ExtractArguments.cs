using System.Globalization;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// ffmpeg's arguments for one attempt at a frame. Its own accurate seek drops every frame before the requested time and so
/// gives the next frame, where a player shows the last one that is not after it. So everything from a keyframe on is decoded
/// and reported, and <see cref="FrameChoice"/> selects.
/// </summary>
internal static class ExtractArguments
{
    public static IReadOnlyList<string> For(ProbedVideo video, ExtractionPlan plan, FrameOutput output, FrameReport report) =>
    [
        .. MediaInput.GlobalArguments, "-nostdin", "-nostats", "-loglevel", "repeat+level+info",
        "-threads", plan.Threads.ToString(CultureInfo.InvariantCulture),
        // Times as the file has them.
        "-copyts",
        .. Seek(plan),
        .. Decoder(video),
        .. Discarding(video, plan),
        .. video.Input.Arguments,
        "-map", string.Create(CultureInfo.InvariantCulture, $"0:{video.StreamIndex}"),
        "-filter_threads", "1",
        "-vf", string.Join(',', [report.DecodedFilter, .. Deinterlacing(plan), plan.Choice.Filters, .. output.Filters, report.EncodedFilter]),
        // No frame is dropped or repeated for the sake of a constant rate.
        "-fps_mode", "passthrough",
        .. plan.Choice.MaxFrames is { } frames ? (string[])["-frames:v", frames.ToString(CultureInfo.InvariantCulture)] : [],
        // Nothing of the source's metadata, which may tell where it was filmed, and no mark of the encoder.
        "-map_metadata", "-1", "-bitexact",
        .. output.Encoder,
        "pipe:1",
    ];

    private static string[] Seek(ExtractionPlan plan) => plan.Seek is { } seek
        ? ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", seek.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture)]
        : [];

    private static string[] Decoder(ProbedVideo video) => video.Decoder is { } decoder
        ? [string.Create(CultureInfo.InvariantCulture, $"-c:{video.StreamIndex}"), decoder]
        : [];

    private static string[] Discarding(ProbedVideo video, ExtractionPlan plan) => plan.KeyframesOnly
        ? ["-skip_frame", "nokey", .. video.DiscardsBeforeReading ? (string[])["-discard", "nokey"] : []]
        : [];

    // Before the selection, because it compares each frame with its neighbours.
    private static string[] Deinterlacing(ExtractionPlan plan) => plan.Traits.NeedsDeinterlacing
        ? ["bwdif=mode=send_frame:deint=interlaced", "settb=AVTB"]
        : [];
}
