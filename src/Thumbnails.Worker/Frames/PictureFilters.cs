using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>The steps from a decoded frame to the picture that is encoded, each a filter that knows only its own concern.</summary>
internal static class PictureFilters
{
    // Chroma is interpolated, not repeated: edges of saturated areas stay clean.
    private const string ScaleFlags = "bicubic+accurate_rnd+full_chroma_int+full_chroma_inp";

    public static IEnumerable<string> For(FrameRequest request, FrameTraits frame)
    {
        var (size, format, colors) = (PictureSize.Of(request, frame), request.OutputName.Format, ColorConversion.Of(frame));
        string[] between =
        [
            .. colors.IsHdr ? ToneMapping(colors, size) : colors.ChangesColors ? ToScreen(colors, frame) : [],
            .. frame.HasAlpha && request.Fit != Fit.Pad ? Flattening(format) : [],
        ];
        foreach (var filter in Matrix(frame))
            yield return filter;
        yield return $"scale={size.ScaledWidth}:{size.ScaledHeight}:flags={ScaleFlags}{(between.Length > 0 || request.Fit == Fit.Pad ? "" : ColorsOf(format))}";
        if (size.Width < size.ScaledWidth || size.Height < size.ScaledHeight)
            yield return $"crop={size.Width}:{size.Height}:exact=1";
        foreach (var filter in between)
            yield return filter;
        if (request.Fit == Fit.Pad)
        {
            if (between.Length > 0)
                yield return $"scale=flags={ScaleFlags}";
            foreach (var filter in Padding.For(request.Background, size, frame))
                yield return filter;
        }

        if (between.Length > 0 || request.Fit == Fit.Pad)
            yield return ToColorsOf(format);
        foreach (var filter in ToEncoder(format))
            yield return filter;
    }

    /// <summary>The steps from finished pixels in RGB to a picture.</summary>
    public static IEnumerable<string> FromRgb(PictureFormat format) => [ToColorsOf(format), .. ToEncoder(format)];

    /// <summary>States the matrix, in place of tags that are missing, or that no filter knows.</summary>
    public static string[] Matrix(FrameTraits frame) =>
        frame.IsRgb ? [] : [$"setparams=colorspace={ColorConversion.Of(frame).Matrix}"];

    // From the primaries and the transfer function of the video to those of a screen. Browsers take the functions that are
    // not named here for that of a screen.
    private static string[] ToScreen(ColorConversion colors, FrameTraits frame) =>
    [
        frame.HasAlpha ? "format=gbrap16le" : "format=gbrp16le",
        $"zscale=tin={colors.Transfer ?? "iec61966-2-1"}:pin={colors.Primaries ?? "bt709"}:t=iec61966-2-1:p=bt709",
    ];

    // To linear light and BT.709's primaries, compressed into SDR's range, back to BT.709's curve. This takes 12 bytes a pixel
    // and more than once: it goes in strips, or a 4K frame would need 200 MB more. Their height has to divide the picture's,
    // which is padded, and cut again to what it was.
    private static string[] ToneMapping(ColorConversion colors, PictureSize size) =>
    [
        // Without subsampling, which zscale refuses where a side is odd.
        "format=yuv444p12le|gbrp12le",
        $"setparams=color_primaries={colors.Primaries}",
        "pad=h='ceil(ih/16)*16'",
        "untile=1x16",
        "zscale=t=linear:p=bt709:npl=203",
        "format=gbrpf32le",
        "tonemap=tonemap=mobius:desat=0",
        "zscale=t=bt709:m=bt709:r=limited",
        "format=yuv444p",
        "tile=1x16",
        $"crop=h={Math.Min(size.Height, size.ScaledHeight)}:y=0:exact=1",
    ];

    // JPEG knows no transparency: what is behind a video is black, as in a player, and not whatever the encoder left there.
    private static string[] Flattening(PictureFormat format) => format == PictureFormat.Jpeg ? ["format=rgba"] : [];

    private static string ToColorsOf(PictureFormat format) => $"scale=flags={ScaleFlags}{ColorsOf(format)}";

    private static string[] ToEncoder(PictureFormat format) =>
    [
        $"format={PixelFormatsOf(format)}",
        "setsar=1",
        // Left as "bt709", PNG would get a gAMA chunk that makes browsers show it darker than the video.
        "setparams=color_primaries=bt709:color_trc=iec61966-2-1",
    ];

    // JPEG files are BT.601 in full range and WebP files BT.601 in limited range, whatever the video was.
    private static string ColorsOf(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => ":out_color_matrix=bt601:out_range=full:alphablend=uniform_color",
        PictureFormat.Webp => ":out_color_matrix=bt601:out_range=limited",
        _ => "",
    };

    private static string PixelFormatsOf(PictureFormat format) => format switch
    {
        PictureFormat.Jpeg => "yuvj420p",
        PictureFormat.Webp => "yuv420p|yuva420p",
        _ => "rgb24|rgba",
    };
}
