namespace Thumbnails.Worker.Media;

/// <summary>Detects whether a video has transparency, and the decoder that it requires.</summary>
internal static class Transparency
{
    private static readonly string[] Formats = ["yuva", "gbrap", "rgba", "bgra", "argb", "abgr", "ya8", "ya16"];

    /// <summary>
    /// Returns the required decoder; null for ffmpeg's choice. WebM stores transparency as a second picture for each frame,
    /// which ffmpeg's own VP8 and VP9 decoders ignore.
    /// </summary>
    public static string? DecoderOf(ProbeStream stream) => (stream.CodecName, stream.Tags?.AlphaMode) switch
    {
        ("vp8", "1") => "libvpx",
        ("vp9", "1") => "libvpx-vp9",
        _ => null,
    };

    public static bool In(string pixelFormat) => pixelFormat is "pal8" || Formats.Any(pixelFormat.StartsWith);
}
