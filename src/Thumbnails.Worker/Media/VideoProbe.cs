using System.Globalization;
using System.Text;
using System.Text.Json;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Asks ffprobe what a video is.</summary>
internal sealed class VideoProbe(MediaTools tools)
{
    private const int MaxOutput = 4 * 1024 * 1024;
    private const int MaxPacketOutput = 64 * 1024 * 1024;

    private const string Entries =
        "format=format_name,duration"
        + ":stream=index,codec_type,codec_name,width,height,pix_fmt,avg_frame_rate,field_order,color_space,color_transfer,color_primaries,duration"
        + ":stream_disposition=default,attached_pic,timed_thumbnails:stream_tags=alpha_mode:stream_side_data=rotation";

    /// <exception cref="JobFailedException">There is no video in it, or nothing that can be read.</exception>
    public async Task<ProbedVideo> RunAsync(MediaInput input, CancellationToken cancellationToken)
    {
        var exit = await RunAsync(Arguments(input), MaxOutput, cancellationToken);
        if (exit.Code != 0)
            throw MediaFailure.Of(exit, "The file is not a video that can be read.");
        try
        {
            return Read(JsonSerializer.Deserialize(exit.Output, ProbeJson.Default.ProbeOutput)!);
        }
        catch (JobFailedException exception)
        {
            // What ffprobe could do without, it has named all the same: pictures or streams beyond the limits.
            throw MediaFailure.Of(exit, exception.Message, exception.Error.Code);
        }
    }

    /// <summary>
    /// Reads a video to its end, without decoding it, to learn how long it is: for the containers that do not tell, such
    /// as what a browser's MediaRecorder writes.
    /// </summary>
    /// <exception cref="JobFailedException">It has no timed packets.</exception>
    public async Task<ProbedVideo> MeasureDurationAsync(MediaInput input, ProbedVideo video, CancellationToken cancellationToken)
    {
        var exit = await RunAsync(PacketArguments(input, video), MaxPacketOutput, cancellationToken);
        return EndOf(Encoding.ASCII.GetString(exit.Output)) is { } seconds
            ? video with { Info = video.Info with { Duration = seconds } }
            : throw MediaFailure.Of(exit, "The video does not tell how long it is.");
    }

    private async Task<MediaExit> RunAsync(IReadOnlyList<string> arguments, int maxOutput, CancellationToken cancellationToken)
    {
        try
        {
            return await MediaProcess.RunAsync(tools.Ffprobe, arguments, maxOutput, null, cancellationToken);
        }
        catch (MediaOutputTooLargeException)
        {
            throw new JobFailedException(JobErrorCode.VideoTooLarge, "The video has more streams or packets than can be looked at.");
        }
    }

    /// <summary>
    /// The end of the last packet. Bare streams have packets without a time, which follow each other.
    /// </summary>
    /// <param name="packets">A line for each: presentation time and duration in seconds, either of them N/A when unknown.</param>
    public static double? EndOf(string packets)
    {
        double? end = null;
        double sum = 0;
        foreach (var line in packets.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(',');
            var duration = Number(fields.ElementAtOrDefault(1)) ?? 0;
            sum += duration;
            if (Number(fields[0]) + duration is { } packetEnd && !(packetEnd <= end))
                end = packetEnd;
        }

        return end ?? (sum > 0 ? sum : null);
    }

    private static IReadOnlyList<string> PacketArguments(MediaInput input, ProbedVideo video) =>
    [
        .. MediaInput.GlobalArguments,
        "-v", "error",
        "-select_streams", string.Create(CultureInfo.InvariantCulture, $"{video.StreamIndex}"),
        "-show_entries", "packet=pts_time,duration_time",
        "-of", "csv=p=0",
        .. input.Arguments,
    ];

    public static IReadOnlyList<string> Arguments(MediaInput input) =>
        [.. MediaInput.GlobalArguments, "-v", "error", "-show_entries", Entries, "-of", "json", .. input.Arguments];

    public static ProbedVideo Read(ProbeOutput output)
    {
        // Cover art and chapter pictures are video streams to ffmpeg, but not to a viewer.
        var videos = output.Streams
            .Where(stream => stream is { CodecType: "video", Disposition: not ({ AttachedPic: 1 } or { TimedThumbnails: 1 }) })
            .ToList();
        var video = videos.Find(stream => stream.Disposition?.Default == 1) ?? videos.FirstOrDefault()
            ?? throw new JobFailedException(JobErrorCode.NoVideoStream, "The file has no video stream.");
        if (video.CodecName is null || video.Width is null or 0 || video.Height is null or 0)
            throw new JobFailedException(JobErrorCode.VideoUnreadable, "The video stream cannot be decoded.");
        return new ProbedVideo
        {
            StreamIndex = video.Index,
            IsFirst = video == videos[0],
            Hdr = HdrColors.Of(video),
            HasAlpha = Transparency.In(video),
            Decoder = Transparency.DecoderOf(video),
            IsInterlaced = video.FieldOrder is "tt" or "bb" or "tb" or "bt",
            Info = new VideoInfo(
                TellsDuration(output.Format) ? Number(output.Format?.Duration) ?? Number(video.Duration) : null,
                video.Width.Value,
                video.Height.Value,
                video.CodecName,
                Ratio(video.AvgFrameRate),
                Clockwise(video.SideData?.Select(data => data.Rotation).FirstOrDefault(rotation => rotation is not null) ?? 0)),
        };
    }

    // Of a bare stream it is guessed, from the file's size and the bit rate that the stream claims.
    private static bool TellsDuration(ProbeFormat? format) => format?.FormatName is not ("mpegvideo" or "m4v" or "h264" or "hevc" or "obu");

    // Angles between the quarters, which no camera writes, count as none.
    private static int Clockwise(double counterclockwise) =>
        (int)Math.Round(counterclockwise) is var degrees && degrees % 90 == 0 ? (360 - degrees) % 360 : 0;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static double? Ratio(string? text) =>
        text?.Split('/') is [var a, var b] && Number(a) / Number(b) is { } ratio ? Math.Round(ratio, 3) : null;
}
