namespace Thumbnails.Worker.Media;

/// <summary>
/// The properties of a decoded frame that decide how a picture is made of it. A video may change any of them between two
/// frames, so that what the container announces is only a first guess.
/// </summary>
internal sealed record FrameTraits
{
    /// <summary>ffmpeg's name of the codec, such as <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>In pixels, after the rotation that a player applies.</summary>
    public required int Width { get; init; }

    /// <summary>In pixels, after the rotation that a player applies.</summary>
    public required int Height { get; init; }

    /// <summary>Whether a player turns it by a quarter.</summary>
    public bool IsTurned { get; init; }

    /// <summary>The width of a pixel divided by its height.</summary>
    public double PixelAspect { get; init; } = 1;

    /// <summary>ffmpeg's name, such as <c>yuv420p</c>.</summary>
    public string PixelFormat { get; init; } = "";

    public bool HasAlpha => Transparency.In(PixelFormat);

    public bool NeedsDeinterlacing => IsInterlaced && !IsField;

    /// <summary>Whether its colours are red, green and blue already, or an index of such.</summary>
    public bool IsRgb => PixelFormat is "pal8" || RgbFormats.Any(PixelFormat.StartsWith);

    public bool IsInterlaced { get; init; }

    /// <summary>Whether this is every other line of a picture: HEVC has no frames of two fields, only fields as frames.</summary>
    public bool IsField => IsInterlaced && Codec == "hevc";

    public ColorTags Colors { get; init; } = ColorTags.None;

    private static readonly string[] RgbFormats = ["rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "x2rgb", "x2bgr"];
}

/// <summary>The color tags of a frame, by ffmpeg's names; null where a tag is missing.</summary>
/// <param name="Matrix">How YUV becomes RGB.</param>
/// <param name="Primaries">The chromaticities of red, green and blue.</param>
/// <param name="Transfer">The transfer function, from levels to light.</param>
/// <param name="IsFullRange">Whether the levels use all values, as in JPEG.</param>
internal sealed record ColorTags(string? Matrix, string? Primaries, string? Transfer, bool IsFullRange)
{
    public static readonly ColorTags None = new(null, null, null, false);

    public static ColorTags Of(string? matrix, string? primaries, string? transfer, string? range) =>
        new(Known(matrix), Known(primaries), Known(transfer), range == "pc");

    private static string? Known(string? name) => name is "unknown" or "unspecified" or "reserved" or "" ? null : name;
}
