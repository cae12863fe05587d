namespace Thumbnails.Worker.Media;

/// <summary>Whether a video can be seen through, and by which decoder.</summary>
internal static class Transparency
{
    private static readonly string[] Formats = ["yuva", "gbrap", "rgba", "bgra", "argb", "abgr", "ya8", "ya16"];

    /// <summary>
    /// The decoder to ask for; null for ffmpeg's own choice. A WebM has its transparency in a second picture beside each
    /// frame, which ffmpeg's own decoders of VP8 and VP9 leave out.
    /// </summary>
    public static string? DecoderOf(ProbeStream stream) => (stream.CodecName, stream.Tags?.AlphaMode) switch
    {
        ("vp8", "1") => "libvpx",
        ("vp9", "1") => "libvpx-vp9",
        _ => null,
    };

    public static bool In(string pixelFormat) => pixelFormat is "pal8" || Formats.Any(pixelFormat.StartsWith);
}
