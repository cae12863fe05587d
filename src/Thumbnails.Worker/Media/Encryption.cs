using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Recognizes encrypted video.</summary>
internal static class Encryption
{
    private const string EncryptedPacket = "Encryption info";
    private const int MaxOutput = 1024 * 1024;

    public static JobFailedException Error =>
        new(JobErrorCode.VideoUnreadable, "The video is encrypted. Upload it without encryption (DRM).") { IsFinal = true };

    /// <summary>Whether ffprobe reported encryption: of the packets of an MP4 (cenc, cbcs), of the stream of a WebM.</summary>
    public static bool IsReported(ProbeStream stream, ProbeOutput output) =>
        stream.Tags?.EncKeyId is not null && output.Format?.FormatName?.StartsWith("matroska", StringComparison.Ordinal) is true
        || output.Packets.Any(packet => packet.StreamIndex == stream.Index && packet.SideData?.Any(data => data.SideDataType == EncryptedPacket) is true);

    /// <summary>
    /// Whether the sample description of an MP4 announces encryption. ffprobe reports that only while it traces, at a cost; it
    /// is needed for schemes that ffmpeg does not know, such as PIFF, and only once the video could not be decoded.
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
