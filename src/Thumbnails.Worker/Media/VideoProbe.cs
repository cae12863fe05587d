using System.Globalization;
using System.Text;
using System.Text.Json;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Reads the properties of a video with ffprobe.</summary>
internal sealed class VideoProbe(MediaTools tools)
{
    private const int MaxOutput = 4 * 1024 * 1024;
    private const int MaxPacketOutput = 64 * 1024 * 1024;

    // Enough packets to have one of each stream, and cheap, because they are in memory once the streams are recognized.
    private const string Packets = "%+#16";

    private const string Entries =
        "program_version=version:format=format_name,start_time,duration"
        + ":stream=index,codec_type,codec_name,codec_tag_string,width,height,has_b_frames,sample_aspect_ratio,pix_fmt,avg_frame_rate,r_frame_rate"
        + ",field_order,color_range,color_space,color_transfer,color_primaries,start_time,duration,nb_frames"
        + ":stream_disposition=default,attached_pic,timed_thumbnails:stream_tags=alpha_mode,enc_key_id"
        + ":stream_side_data=side_data_type,rotation,dv_profile"
        + ":packet=stream_index,flags,pts_time,dts_time:packet_side_data=side_data_type";

    /// <exception cref="JobFailedException">The file has no video, or cannot be read.</exception>
    public async Task<ProbedVideo> RunAsync(MediaInput input, CancellationToken cancellationToken)
    {
        var (output, exit) = await ReadAsync(input, cancellationToken);
        if (VideoStream.MayAppearLater(output))
            (output, exit) = await ReadAsync(input = input.Thorough, cancellationToken);
        try
        {
            return ProbeReader.Read(output, input);
        }
        catch (JobFailedException exception)
        {
            // ffprobe reports the cause although it continues: pictures or streams beyond the limits.
            throw MediaFailure.Of(exit, exception.Message, exception.Error.Code);
        }
    }

    private async Task<(ProbeOutput Output, MediaExit Exit)> ReadAsync(MediaInput input, CancellationToken cancellationToken)
    {
        var exit = await RunAsync(Arguments(input), MaxOutput, cancellationToken);
        if (exit.Code == 0 && TryParse(exit.Output) is { } output)
            return (output, exit);
        var failure = MediaFailure.Of(exit, "The file is not a video that can be read.");
        // A picture has no index either. A limit that was exceeded is the better explanation.
        throw failure.Error.Code == JobErrorCode.VideoUnreadable && await FileSignature.NameAsync(input, cancellationToken) is { } name
            ? new JobFailedException(JobErrorCode.VideoUnreadable, $"The file is {name}, not a video. Upload a video.", exit.Errors)
            : failure;
    }

    private static ProbeOutput? TryParse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProbeJson.Default.ProbeOutput);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads a video to its end, without decoding it, to determine its duration: for containers that do not state it, such as
    /// the output of a browser's MediaRecorder.
    /// </summary>
    /// <exception cref="JobFailedException">The video has no packets with timestamps.</exception>
    public async Task<ProbedVideo> MeasureDurationAsync(ProbedVideo video, CancellationToken cancellationToken)
    {
        var exit = await RunAsync(PacketArguments(video), MaxPacketOutput, cancellationToken);
        return EndOf(Encoding.ASCII.GetString(exit.Output)) is { } seconds && seconds > video.Start.TotalSeconds
            ? video with { Info = video.Info with { Duration = Math.Round(seconds - video.Start.TotalSeconds, 6) } }
            : throw MediaFailure.Of(exit, "The length of the video cannot be determined. Request a time instead of a percentage or auto.");
    }

    private async Task<MediaExit> RunAsync(IReadOnlyList<string> arguments, int maxOutput, CancellationToken cancellationToken)
    {
        try
        {
            return await MediaProcess.RunAsync(tools.Ffprobe, arguments, maxOutput, null, cancellationToken);
        }
        catch (MediaOutputTooLargeException)
        {
            throw new JobFailedException(JobErrorCode.VideoTooLarge, "The video has too many streams or packets.");
        }
    }

    /// <summary>
    /// Returns the end of the last packet. Packets of elementary streams have no timestamps and follow each other.
    /// </summary>
    /// <param name="packets">One line for each packet: presentation time and duration in seconds, or N/A if unknown.</param>
    public static double? EndOf(string packets)
    {
        double? end = null;
        double sum = 0;
        foreach (var line in packets.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = line.Split(',');
            var duration = ProbeNumber.Positive(fields.ElementAtOrDefault(1)) ?? 0;
            sum += duration;
            if (ProbeNumber.Seconds(fields[0])?.TotalSeconds + duration is { } packetEnd && !(packetEnd <= end))
                end = packetEnd;
        }

        return end ?? (sum > 0 ? sum : null);
    }

    private static IReadOnlyList<string> PacketArguments(ProbedVideo video) =>
    [
        .. MediaInput.GlobalArguments,
        "-v", "error",
        "-select_streams", string.Create(CultureInfo.InvariantCulture, $"{video.StreamIndex}"),
        "-show_entries", "packet=pts_time,duration_time",
        "-of", "csv=p=0",
        .. video.Input.Arguments,
    ];

    private static IReadOnlyList<string> Arguments(MediaInput input) =>
        [.. MediaInput.GlobalArguments, "-v", "error", "-read_intervals", Packets, "-show_entries", Entries, "-of", "json", .. input.Arguments];
}
