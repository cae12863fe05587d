using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>The filters that turn a decoded frame into the picture to encode, each with a single purpose.</summary>
internal static class PictureFilters
{
    // Interpolates chroma instead of repeating it, which keeps the edges of saturated areas clean.
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

    /// <summary>The filters that turn RGB pixels into the picture to encode.</summary>
    public static IEnumerable<string> FromRgb(PictureFormat format) => [ToColorsOf(format), .. ToEncoder(format)];

    /// <summary>Sets the matrix and the range where the tag is missing, or unknown to the filters.</summary>
    public static string[] Matrix(FrameTraits frame) =>
        frame.IsRgb ? [] : [$"setparams=colorspace={ColorConversion.Of(frame).Matrix}{(frame.Colors.IsFullRange ? ":range=pc" : "")}"];

    // From the video's primaries and transfer function to those of a screen. Browsers treat all other transfer functions as the
    // screen's own.
    private static string[] ToScreen(ColorConversion colors, FrameTraits frame) =>
    [
        frame.HasAlpha ? "format=gbrap16le" : "format=gbrp16le",
        $"zscale=tin={colors.Transfer ?? "iec61966-2-1"}:pin={colors.Primaries ?? "bt709"}:t=iec61966-2-1:p=bt709",
    ];

    // To linear light with BT.2020 primaries, tone-mapped to SDR, and to the screen's colors. This needs 12 bytes per pixel,
    // several times over, so the picture is processed in strips; otherwise a 4K frame would need another 200 MB. The strip
    // height must divide the picture's height, so the picture is padded first and cropped afterwards.
    // Chromium halves the brightness up to HDR's white (203 cd/m²) and compresses the rest, up to 1,000 cd/m². These parameters
    // give almost the same curve.
    private static string[] ToneMapping(ColorConversion colors, PictureSize size) =>
    [
        // No chroma subsampling, which zscale rejects for odd sizes.
        "format=yuv444p12le|gbrp12le",
        $"setparams=color_primaries={colors.Primaries}",
        "pad=h='ceil(ih/16)*16'",
        "untile=1x16",
        "zscale=t=linear:p=bt2020:npl=406",
        "format=gbrpf32le",
        "tonemap=tonemap=mobius:param=0.43:peak=2.7:desat=0",
        "zscale=t=iec61966-2-1:p=bt709",
        "format=gbrp",
        "tile=1x16",
        $"crop=h={Math.Min(size.Height, size.ScaledHeight)}:y=0:exact=1",
    ];

    // JPEG has no transparency. Transparent areas become black, as in a player, instead of whatever values the encoder stored
    // there.
    private static string[] Flattening(PictureFormat format) => format == PictureFormat.Jpeg ? ["format=rgba"] : [];

    private static string ToColorsOf(PictureFormat format) => $"scale=flags={ScaleFlags}{ColorsOf(format)}";

    private static string[] ToEncoder(PictureFormat format) =>
    [
        $"format={PixelFormatsOf(format)}",
        "setsar=1",
        // With "bt709", PNG would get a gAMA chunk that makes browsers show it darker than the video.
        "setparams=color_primaries=bt709:color_trc=iec61966-2-1",
    ];

    // JPEG files use BT.601 in full range and WebP files BT.601 in limited range, regardless of the video.
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
