using System.Globalization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>An input of ffmpeg, and the little else that ffmpeg may open for it.</summary>
/// <param name="Address">A path, or a loopback URL.</param>
/// <param name="Protocols">The only protocols that ffmpeg may use for it.</param>
/// <param name="Options">Further input options.</param>
internal sealed record MediaInput(string Address, string Protocols, params string[] Options)
{
    // Self-contained formats. Playlists (hls, concat, dash) could refer to other files and hosts.
    private const string Formats =
        "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,gif,mpegvideo,m4v,h264,hevc,mxf,wtv,nut,rm,dhav,mjpeg,ivf,obu,dv,y4m,yuv4mpegpipe,apng";

    private const string MaxAllocation = "536870912";

    private const string FileScheme = "file:";

    public static MediaInput File(string path) => new(FileScheme + System.IO.Path.GetFullPath(path), "file");

    // With the default buffers, megabytes would be fetched that are never read.
    public static MediaInput Loopback(Uri url) => new(url.AbsoluteUri, "http,tcp", "-recv_buffer_size", "65536");

    /// <summary>The path of a local file; null for a URL.</summary>
    public string? Path => Address.StartsWith(FileScheme, StringComparison.Ordinal) ? Address[FileScheme.Length..] : null;

    /// <summary>The same input, probed more thoroughly.</summary>
    public MediaInput Thorough => this with { Options = [.. Options, "-probesize", "100M", "-analyzeduration", "120M"] };

    /// <summary>The global arguments.</summary>
    public static IReadOnlyList<string> GlobalArguments => ["-hide_banner", "-max_alloc", MaxAllocation];

    /// <summary>The arguments directly before the input of ffprobe or ffmpeg.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        // Larger than any camera's video, and up to 200 MB per frame in the decoder.
        "-max_pixels", FrameRequest.MaxPixels.ToString(CultureInfo.InvariantCulture),
        "-protocol_whitelist", Protocols,
        "-format_whitelist", Formats,
        "-max_streams", "100",
        .. Options,
        "-i", Address,
    ];
}
