using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// How the colours of a frame are read, as browsers do (measured with Chromium): by its tags where it has all three, else by
/// its size. What a browser cannot play at all is read by what it says of itself.
/// </summary>
/// <param name="Matrix">The matrix from YUV to RGB, of those that ffmpeg's scaler knows.</param>
/// <param name="Primaries">The primaries to convert from; null where they are close to those of a screen.</param>
/// <param name="Transfer">The transfer function to convert from; null where it is close to that of a screen.</param>
/// <param name="IsHdr">Whether it is in high dynamic range.</param>
internal sealed record ColorConversion(string Matrix, string? Primaries, string? Transfer, bool IsHdr)
{
    private const int HdHeight = 720;

    // Those that browsers play. VP9 itself tells its matrix, and nothing else.
    private static readonly string[] ReadByCompleteTags = ["h264", "hevc", "av1", "vp8"];
    private static readonly string[] Matrices = ["bt709", "bt470bg", "smpte170m", "smpte240m", "fcc", "bt2020nc", "bt2020c"];
    private static readonly string[] WidePrimaries = ["bt470m", "bt470bg", "film", "bt2020", "smpte431", "smpte432"];

    public bool ChangesColors => Primaries is not null || Transfer is not null;

    public static ColorConversion Of(FrameTraits frame)
    {
        var tags = frame.Colors;
        if (tags.Transfer is "smpte2084" or "arib-std-b67")
            return new ColorConversion(Known(tags.Matrix) ?? "bt2020nc", tags.Primaries ?? "bt2020", tags.Transfer, true);
        var isComplete = tags is { Matrix: not null, Primaries: not null, Transfer: not null };
        var bySize = (frame.IsTurned ? frame.Width : frame.Height) >= HdHeight ? "bt709" : "smpte170m";
        if (!isComplete && ReadByCompleteTags.Contains(frame.Codec))
            return new ColorConversion(bySize, null, null, false);
        return new ColorConversion(
            Known(tags.Matrix) ?? bySize,
            WidePrimaries.Contains(tags.Primaries) && frame.Codec != "mpeg2video" ? tags.Primaries : tags is { Primaries: null, Matrix: "bt2020nc" } ? "bt2020" : null,
            isComplete && frame.Codec != "mpeg2video" ? TransferOf(tags.Transfer!) : null,
            false);
    }

    private static string? Known(string? matrix) => Matrices.Contains(matrix) ? matrix : null;

    private static string? TransferOf(string name) => name switch
    {
        "bt470m" or "gamma22" => "bt470m",
        "bt470bg" or "gamma28" => "bt470bg",
        "linear" => "linear",
        _ => null,
    };
}
