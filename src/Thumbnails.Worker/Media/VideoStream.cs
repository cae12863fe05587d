using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Selects the stream of a file that a viewer would call the video.</summary>
internal static class VideoStream
{
    /// <exception cref="JobFailedException">The file has no video stream that can be decoded.</exception>
    public static ProbeStream Choose(ProbeOutput output)
    {
        // For ffmpeg, cover art and chapter pictures are video streams too.
        var videos = output.Streams.Where(stream => stream is { CodecType: "video", Disposition: not ({ AttachedPic: 1 } or { TimedThumbnails: 1 }) }).ToList();
        if (videos.Count == 0)
            throw new JobFailedException(JobErrorCode.NoVideoStream, "The file has no video stream.");
        var video = videos
            .OrderByDescending(IsKnown)
            .ThenByDescending(stream => stream.PixFmt is not null)
            .ThenBy(IsStill)
            .ThenByDescending(stream => stream.Disposition?.Default == 1)
            .First();
        if (Encryption.IsReported(video, output))
            throw Encryption.Error;
        return IsKnown(video) ? video : throw Unknown(video);
    }

    /// <summary>
    /// Returns whether reading more of the file may reveal a video stream or its size: broadcasts start anywhere, and containers
    /// without a header announce a stream with its first packet.
    /// </summary>
    public static bool MayAppearLater(ProbeOutput output)
    {
        var videos = output.Streams.Where(stream => stream.CodecType == "video").ToList();
        return videos.Count == 0 ? output.Format?.FormatName is "mpegts" or "mpeg" or "flv" : videos.All(stream => stream.Width is null or 0);
    }

    private static bool IsKnown(ProbeStream stream) =>
        stream is { CodecName: not (null or "none" or "unknown"), Width: > 0, Height: > 0 };

    private static bool IsStill(ProbeStream stream) => stream.NbFrames == "1";

    private static JobFailedException Unknown(ProbeStream stream) => new(JobErrorCode.VideoUnreadable, stream switch
    {
        { CodecName: not (null or "none" or "unknown") and var codec } => $"The size of the video (codec {codec}) cannot be determined: its pictures cannot be decoded.",
        { CodecTagString: { } tag } when tag.All(char.IsAsciiLetterOrDigit) => $"The codec {tag} is not supported.",
        _ => "The codec of the video is not supported.",
    });
}
