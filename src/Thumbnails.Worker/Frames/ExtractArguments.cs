using System.Globalization;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// ffmpeg's arguments for one frame. Its own accurate seek drops every frame before the asked time and so gives the next
/// frame; a player shows the last one that is not after it. So everything from the keyframe on is decoded, and the
/// <c>fps</c> filter, told to begin at the asked time and to round up, holds the last frame until a later one arrives.
/// </summary>
internal static class ExtractArguments
{
    /// <param name="input">The video.</param>
    /// <param name="video">What is known, or taken for granted, of it.</param>
    /// <param name="output">What becomes of the frame.</param>
    /// <param name="time">The asked time, from the start of the video.</param>
    /// <param name="seek">Where to begin to decode: the last keyframe before this.</param>
    /// <param name="threads">How many threads may decode.</param>
    public static IReadOnlyList<string> For(
        MediaInput input, ProbedVideo video, FrameOutput output, TimeSpan time, TimeSpan seek, int threads) =>
    [
        .. MediaInput.GlobalArguments, "-nostdin", "-nostats", "-loglevel", "info",
        "-threads", threads.ToString(CultureInfo.InvariantCulture),
        // Times as the file has them, counted from its start: the filter graph compares them with the asked time.
        "-copyts", "-start_at_zero",
        .. Seek(seek),
        .. Decoder(video),
        .. input.Arguments,
        "-map", video.StreamIndex is { } index ? $"0:{index.ToString(CultureInfo.InvariantCulture)}" : "0:V:0",
        "-filter_threads", "1",
        "-vf", string.Join(',', [.. FrameAt(time, seek, video), .. output.Filters, ShowInfo.Filter(ShowInfo.Picture)]),
        "-frames:v", "1",
        // Nothing of the source's metadata, which may tell where it was filmed, and no mark of the encoder.
        "-map_metadata", "-1", "-bitexact",
        .. output.Encoder,
        "pipe:1",
    ];

    private static string[] Seek(TimeSpan seek) => seek > TimeSpan.Zero ? ["-noaccurate_seek", "-ss", Seconds(seek)] : [];

    private static string[] Decoder(ProbedVideo video) => video.Decoder is { } decoder
        ? [string.Create(CultureInfo.InvariantCulture, $"-c:{video.StreamIndex}"), decoder]
        : [];

    private static IEnumerable<string> FrameAt(TimeSpan time, TimeSpan seek, ProbedVideo video)
    {
        yield return "settb=AVTB";
        // A seek in a transport stream lands anywhere, and HEVC's decoder then makes up what it has not seen.
        if (seek > TimeSpan.Zero)
            yield return "select='st(0,max(ld(0),key))'";
        yield return ShowInfo.Filter(ShowInfo.Source);
        if (video.IsInterlaced)
            yield return "bwdif=mode=send_frame:deint=interlaced";
        // A last frame without a duration would end before it could be shown; a copy behind it keeps it on screen.
        yield return "tpad=stop=1:stop_mode=clone";
        // The filter cuts its option to whole microseconds: half a one more keeps the asked one whole.
        yield return $"fps=fps=1:round=up:start_time={Seconds(time)}5";
        // A frame that claims to come in days would be copied for each second until then, and all the copies kept.
        yield return "trim=end_frame=1";
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
}
