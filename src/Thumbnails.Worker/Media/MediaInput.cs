using System.Globalization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>What ffmpeg opens, and how little it may open besides.</summary>
/// <param name="Address">A path, or an address of this machine.</param>
/// <param name="Protocols">The only protocols that ffmpeg may speak for it.</param>
/// <param name="Options">Further options of the input.</param>
internal sealed record MediaInput(string Address, string Protocols, params string[] Options)
{
    // Containers that hold their frames themselves. Playlists (hls, concat, dash) would name other files and hosts.
    private const string Formats =
        "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,gif,mpegvideo,m4v,h264,hevc,mxf,wtv,nut,rm,dhav,mjpeg,ivf,obu,dv,y4m,yuv4mpegpipe,apng";

    private const string MaxAllocation = "536870912";

    public static MediaInput File(string path) => new("file:" + Path.GetFullPath(path), "file");

    // With the system's buffers, megabytes would be fetched that are never read.
    public static MediaInput Loopback(Uri url) => new(url.AbsoluteUri, "http,tcp", "-recv_buffer_size", "65536");

    /// <summary>The same, read further before it is said what is in it.</summary>
    public MediaInput Thorough => this with { Options = [.. Options, "-probesize", "100M", "-analyzeduration", "120M"] };

    /// <summary>Arguments of the whole run.</summary>
    public static IReadOnlyList<string> GlobalArguments => ["-hide_banner", "-max_alloc", MaxAllocation];

    /// <summary>The arguments that come directly before the input of ffprobe or ffmpeg.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        // More than any camera's video, and 200 MB a frame in the decoder's worst case.
        "-max_pixels", FrameRequest.MaxPixels.ToString(CultureInfo.InvariantCulture),
        "-protocol_whitelist", Protocols,
        "-format_whitelist", Formats,
        "-max_streams", "100",
        .. Options,
        "-i", Address,
    ];
}
