namespace Thumbnails.Worker.Media;

/// <summary>Whether a video can be seen through, and by which decoder.</summary>
internal static class Transparency
{
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

    public static bool In(ProbeStream stream) => DecoderOf(stream) is not null || HasAlpha(stream.PixFmt ?? "");

    private static bool HasAlpha(string pixelFormat) =>
        pixelFormat is "pal8" || ((string[])["yuva", "gbrap", "rgba", "bgra", "argb", "abgr", "ya8", "ya16"]).Any(pixelFormat.StartsWith);
}
