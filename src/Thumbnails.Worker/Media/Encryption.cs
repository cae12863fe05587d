using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Detects encrypted video.</summary>
internal static class Encryption
{
    private const string EncryptedPacket = "Encryption info";
    private const int MaxOutput = 1024 * 1024;

    public static JobFailedException Error =>
        new(JobErrorCode.VideoUnreadable, "The video is encrypted. Upload it without encryption (DRM).") { IsFinal = true };

    /// <summary>
    /// Returns whether ffprobe reported encryption: for the packets of an MP4 (cenc, cbcs), or for the stream of a WebM.
    /// </summary>
    public static bool IsReported(ProbeStream stream, ProbeOutput output) =>
        stream.Tags?.EncKeyId is not null && output.Format?.FormatName?.StartsWith("matroska", StringComparison.Ordinal) is true
        || output.Packets.Any(packet => packet.StreamIndex == stream.Index && packet.SideData?.Any(data => data.SideDataType == EncryptedPacket) is true);

    /// <summary>
    /// Returns whether the sample description of an MP4 announces encryption. This detects schemes that ffmpeg does not know,
    /// such as PIFF. ffprobe reports it only while tracing, which is slow, so call this only after decoding has failed.
    /// </summary>
    public static async Task<bool> IsAnnouncedAsync(MediaTools tools, ProbedVideo video, CancellationToken cancellationToken)
    {
        var isAnnounced = false;
        if (video.IsMp4)
            await MediaProcess.RunAsync(tools.Ffprobe, [.. MediaInput.GlobalArguments, "-v", "trace", "-show_entries", "stream=index", .. video.Input.Arguments], MaxOutput, TakeLine, cancellationToken);
        return isAnnounced;

        bool TakeLine(string line) => isAnnounced |= line.Contains(" 4CC=encv ", StringComparison.Ordinal);
    }
}
