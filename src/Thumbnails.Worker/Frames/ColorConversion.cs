using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// How the colors of a frame are interpreted. Follows Chromium: by the frame's tags if all three are present, otherwise by its
/// size. For codecs that browsers cannot play, any tag that is present is used.
/// </summary>
/// <param name="Matrix">The matrix from YUV to RGB, as ffmpeg's scaler supports it.</param>
/// <param name="Primaries">The primaries to convert from; null when they are close to those of sRGB.</param>
/// <param name="Transfer">The transfer function to convert from; null when it is close to that of sRGB.</param>
/// <param name="IsHdr">Whether the frame has high dynamic range.</param>
internal sealed record ColorConversion(string Matrix, string? Primaries, string? Transfer, bool IsHdr)
{
    private const int HdHeight = 720;

    // The codecs that browsers play, except VP9, whose bitstream carries only the matrix.
    private static readonly string[] NeedCompleteTags = ["h264", "hevc", "av1", "vp8"];
    private static readonly string[] Matrices = ["bt709", "bt470bg", "smpte170m", "smpte240m", "fcc", "bt2020nc"];
    private static readonly string[] WidePrimaries = ["bt470m", "bt470bg", "film", "bt2020", "smpte431", "smpte432", "ebu3213"];

    public bool ChangesColors => Primaries is not null || Transfer is not null;

    public static ColorConversion Of(FrameTraits frame)
    {
        var tags = frame.Colors;
        if (tags.Transfer is "smpte2084" or "arib-std-b67")
            return new ColorConversion(Known(tags.Matrix) ?? "bt2020nc", tags.Primaries ?? "bt2020", tags.Transfer, true);
        var matrix = Known(tags.Matrix) ?? ContainerMatrix(frame);
        var isComplete = matrix is not null && tags is { Primaries: not null, Transfer: not null };
        // Full range with only a matrix comes from JPEG files, and is correct. Chromium ignores both tags, and in VP9 and AV1 full
        // range alone, and shows too much contrast; only in these cases do we differ.
        if (!isComplete && (NeedCompleteTags.Contains(frame.Codec) || frame.Codec == "vp9" && matrix is null))
            return new ColorConversion((tags.IsFullRange ? matrix : null) ?? DefaultMatrix(frame), null, null, false);
        return new ColorConversion(
            matrix ?? DefaultMatrix(frame),
            WidePrimaries.Contains(tags.Primaries) && frame.Codec != "mpeg2video" ? tags.Primaries : tags is { Primaries: null, Matrix: "bt2020nc" } ? "bt2020" : null,
            isComplete && frame.Codec != "mpeg2video" ? TransferOf(tags.Transfer!) : null,
            false);
    }

    // Untagged full-range video is interpreted as JPEG, at every size. Otherwise the size matters, except that Chromium interprets
    // the newer codecs, at their most common format, as BT.709.
    private static string DefaultMatrix(FrameTraits frame)
    {
        var isHd = (frame.IsTurned ? frame.Width : frame.Height) >= HdHeight;
        return !frame.Colors.IsFullRange && (isHd || frame is { Codec: "vp9" or "av1", PixelFormat: "yuv420p" }) ? "bt709" : "smpte170m";
    }

    // A VP9 bitstream without a matrix hides that of the container, which has the other two tags as well.
    private static string? ContainerMatrix(FrameTraits frame) => frame is { Codec: "vp9", Colors: { Primaries: { } primaries, Transfer: not null } }
        ? primaries switch { "smpte170m" or "bt470bg" => "smpte170m", "bt2020" => "bt2020nc", _ => "bt709" }
        : null;

    private static string? Known(string? matrix) => Matrices.Contains(matrix) ? matrix : null;

    private static string? TransferOf(string name) => name switch
    {
        "bt470m" or "gamma22" => "bt470m",
        "bt470bg" or "gamma28" => "bt470bg",
        "linear" => "linear",
        _ => null,
    };
}
