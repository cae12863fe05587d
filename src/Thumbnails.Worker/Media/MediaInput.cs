namespace Thumbnails.Worker.Media;

/// <summary>What ffmpeg opens, and how little it may open besides.</summary>
/// <param name="Address">A path, or an address of this machine.</param>
/// <param name="Protocols">The only protocols that ffmpeg may speak for it.</param>
internal sealed record MediaInput(string Address, string Protocols)
{
    // Containers that hold their frames themselves. Playlists (hls, concat, dash) would name other files and hosts.
    private const string Formats =
        "mov,matroska,avi,mpegts,mpeg,flv,asf,ogg,gif,mpegvideo,m4v,h264,hevc,mxf,wtv,nut,rm,ivf,obu,dv,y4m,yuv4mpegpipe,apng";

    public static MediaInput File(string path) => new("file:" + Path.GetFullPath(path), "file");

    /// <summary>The arguments that come directly before the input of ffprobe or ffmpeg.</summary>
    public IReadOnlyList<string> Arguments =>
    [
        "-protocol_whitelist", Protocols,
        "-format_whitelist", Formats,
        "-max_streams", "100",
        "-i", Address,
    ];
}
