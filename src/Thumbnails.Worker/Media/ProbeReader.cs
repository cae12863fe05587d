using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Creates a <see cref="ProbedVideo"/> from the output of ffprobe.</summary>
internal static class ProbeReader
{
    // Elementary streams, in which ffmpeg estimates times, and animated images, which have no index.
    private static readonly string[] WithoutIndex = ["mpegvideo", "m4v", "h264", "hevc", "obu", "mjpeg", "gif", "apng"];

    // ffmpeg estimates their duration from the file size and the bit rate.
    private static readonly string[] WithoutDuration = ["mpegvideo", "m4v", "h264", "hevc", "obu", "mjpeg"];

    private const double RateTolerance = 0.005;

    // Of the ffmpeg that deploy/image builds.
    private const string PatchedVersion = "+thumbnails2";

    // As ffmpeg has it: 3/23 s.
    private static readonly TimeSpan SeekLead = TimeSpan.FromSeconds(3.0 / 23);

    /// <exception cref="JobFailedException">The file has no video that can be decoded.</exception>
    public static ProbedVideo Read(ProbeOutput output, MediaInput input)
    {
        var stream = VideoStream.Choose(output);
        var format = output.Format?.FormatName ?? "";
        var rate = FrameRate(stream);
        var interval = rate is { } perSecond ? TimeSpan.FromSeconds(1 / perSecond) : TimeSpan.Zero;
        var reorderDelay = stream.HasBFrames * interval;
        var (fileStart, videoStart) = (ProbeNumber.Seconds(output.Format?.StartTime), ProbeNumber.Seconds(stream.StartTime));
        // AVI stores decoding times only, so the times that ffmpeg derives include the reordering delay.
        if (format == "avi")
            (fileStart, videoStart) = (fileStart + reorderDelay, videoStart + reorderDelay);
        var start = fileStart ?? TimeSpan.Zero;
        // A negative start is the priming of an audio encoder, which players skip.
        if (start < TimeSpan.Zero && videoStart >= TimeSpan.Zero)
            start = TimeSpan.Zero;
        var duration = WithoutDuration.Contains(format) ? null : ProbeNumber.Positive(output.Format?.Duration) ?? ProbeNumber.Positive(stream.Duration);
        var rotation = Rotation(stream);
        var isMp4 = format.StartsWith("mov,", StringComparison.Ordinal);
        return new ProbedVideo
        {
            Input = input,
            StreamIndex = stream.Index,
            Start = start,
            HasStart = fileStart is not null,
            FirstFrame = (videoStart ?? start) - start,
            VideoEnd = ProbeNumber.Positive(stream.Duration) is { } length && !WithoutDuration.Contains(format)
                ? (videoStart ?? start) - start + TimeSpan.FromSeconds(length) : null,
            FrameInterval = interval,
            HasConstantRate = ProbeNumber.Ratio(stream.AvgFrameRate, '/') is { } average && ProbeNumber.Ratio(stream.RFrameRate, '/') is { } nominal
                && Math.Abs(average / nominal - 1) < RateTolerance,
            ReorderDelay = reorderDelay,
            Decoder = Transparency.DecoderOf(stream),
            BeginsAtKeyframes = Transparency.DecoderOf(stream) is not null
                || isMp4 && FirstPacket(output, stream)?.Flags?.Contains('K', StringComparison.Ordinal) is true,
            // Only from the start can the time of the first frame be seen.
            IsSeekable = fileStart is not null && !WithoutIndex.Contains(format) && !LacksTimes(output, stream, format),
            SeekLead = stream.HasBFrames > 0 && !isMp4 ? SeekLead : TimeSpan.Zero,
            DiscardsBeforeReading = isMp4
                && (stream.HasBFrames == 0 || output.ProgramVersion?.Version?.EndsWith(PatchedVersion, StringComparison.Ordinal) is true),
            IsMp4 = isMp4,
            IsBroadcast = format is "mpegts" or "mpeg",
            GuessesFirstTime = format is "mpegts" or "mpeg" || format == "avi" && reorderDelay > TimeSpan.Zero,
            Warning = DolbyVision.Warning(stream),
            Info = new VideoInfo(duration, stream.Width!.Value, stream.Height!.Value, stream.CodecName!, Rounded(rate), rotation),
            Traits = Traits(stream, rotation % 180 != 0),
        };
    }

    private static ProbePacket? FirstPacket(ProbeOutput output, ProbeStream stream) =>
        output.Packets.FirstOrDefault(packet => packet.StreamIndex == stream.Index);

    // After a seek, ffmpeg guesses the times of frames that have none, and does so well for MPEG-1 and MPEG-2 only. Packed MPEG-4
    // that was copied from AVI has decoding times instead.
    private static bool LacksTimes(ProbeOutput output, ProbeStream stream, string format)
    {
        var packets = output.Packets.Where(packet => packet.StreamIndex == stream.Index).ToList();
        return stream.CodecName == "mpeg4" && stream.HasBFrames > 0 && packets.Count > 1 && packets.All(packet => packet.PtsTime == packet.DtsTime)
            || format == "mpeg" && stream.CodecName is "h264" or "hevc" or "mpeg4" && packets.Any(packet => packet.PtsTime is null);
    }

    private static FrameTraits Traits(ProbeStream stream, bool isTurned)
    {
        var aspect = ProbeNumber.Ratio(stream.SampleAspectRatio, ':') ?? 1;
        return new FrameTraits
        {
            Codec = stream.CodecName!,
            Width = isTurned ? stream.Height!.Value : stream.Width!.Value,
            Height = isTurned ? stream.Width!.Value : stream.Height!.Value,
            IsTurned = isTurned,
            PixelAspect = isTurned ? 1 / aspect : aspect,
            PixelFormat = Transparency.DecoderOf(stream) is null ? stream.PixFmt ?? "" : "yuva420p",
            IsInterlaced = stream.FieldOrder is "tt" or "bb" or "tb" or "bt",
            Colors = ColorTags.Of(stream.ColorSpace, stream.ColorPrimaries, stream.ColorTransfer, stream.ColorRange),
        };
    }

    // Only multiples of 90 degrees count; cameras write no others.
    private static int Rotation(ProbeStream stream)
    {
        var counterclockwise = stream.SideData?.Select(data => data.Rotation).FirstOrDefault(rotation => rotation is not null) ?? 0;
        return (int)Math.Round(counterclockwise) is var degrees && degrees % 90 == 0 ? (360 - degrees % 360) % 360 : 0;
    }

    // If the last frame is short, the average is slightly off, and the nominal rate is right.
    private static double? FrameRate(ProbeStream stream)
    {
        var (average, nominal) = (ProbeNumber.Ratio(stream.AvgFrameRate, '/'), ProbeNumber.Ratio(stream.RFrameRate, '/'));
        return average is { } a && nominal is { } n && Math.Abs(a / n - 1) > RateTolerance ? average : nominal ?? average;
    }

    private static double? Rounded(double? rate) => rate is { } number ? Math.Round(number, number < 1 ? 6 : 3) : null;
}
