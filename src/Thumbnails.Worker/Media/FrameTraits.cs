namespace Thumbnails.Worker.Media;

/// <summary>
/// The properties of a decoded frame that determine how a picture is made of it. A video can change any of them between two
/// frames, so those in the container are only a first guess.
/// </summary>
internal sealed record FrameTraits
{
    /// <summary>The codec as ffmpeg names it, such as <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>The width in pixels, after the rotation that players apply.</summary>
    public required int Width { get; init; }

    /// <summary>The height in pixels, after the rotation that players apply.</summary>
    public required int Height { get; init; }

    /// <summary>Whether players rotate it by 90 or 270 degrees.</summary>
    public bool IsTurned { get; init; }

    /// <summary>The width of a pixel divided by its height.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>The pixel format as ffmpeg names it, such as <c>yuv420p</c>.</summary>
    public string PixelFormat { get; init; } = "";

    public bool HasAlpha => Transparency.In(PixelFormat);

    public bool NeedsDeinterlacing => IsInterlaced && !IsField;

    /// <summary>Whether its colors are RGB or palette entries in RGB.</summary>
    public bool IsRgb => PixelFormat is "pal8" || RgbFormats.Any(PixelFormat.StartsWith);

    public bool IsInterlaced { get; init; }

    /// <summary>Whether this is a single field: HEVC stores interlaced video as fields, never as frames of two fields.</summary>
    public bool IsField => IsInterlaced && Codec == "hevc";

    public ColorTags Colors { get; init; } = ColorTags.None;

    private static readonly string[] RgbFormats = ["rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "x2rgb", "x2bgr"];
}

/// <summary>The color tags of a frame, as ffmpeg names them; null for missing tags.</summary>
/// <param name="Matrix">The matrix from YUV to RGB.</param>
/// <param name="Primaries">The chromaticities of red, green and blue.</param>
/// <param name="Transfer">The transfer function.</param>
/// <param name="IsFullRange">Whether the levels use all values, as in JPEG.</param>
internal sealed record ColorTags(string? Matrix, string? Primaries, string? Transfer, bool IsFullRange)
{
    public static readonly ColorTags None = new(null, null, null, false);

    public bool IsComplete => this is { Matrix: not null, Primaries: not null, Transfer: not null };

    public static ColorTags Of(string? matrix, string? primaries, string? transfer, string? range) =>
        new(Known(matrix), Known(primaries), Known(transfer), range == "pc");

    private static string? Known(string? name) => name is "unknown" or "unspecified" or "reserved" or "" ? null : name;
}
