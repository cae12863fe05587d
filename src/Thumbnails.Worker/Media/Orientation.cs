using System.Globalization;
using System.Text.RegularExpressions;

namespace Thumbnails.Worker.Media;

/// <summary>How a picture as coded becomes a picture as seen.</summary>
/// <param name="Rotation">Clockwise: 0, 90, 180 or 270 degrees.</param>
/// <param name="Filters">The filters that do it, in order, mirrors included; empty for none.</param>
internal sealed partial record Orientation(int Rotation, string Filters)
{
    public static readonly Orientation Upright = new(0, "");

    /// <summary>
    /// Reads a display matrix as ffprobe prints it: three lines of three numbers in 16.16 fixed point (the last column
    /// 2.30). Angles between the quarters, which no camera writes, are left alone.
    /// </summary>
    public static Orientation Of(string? displayMatrix)
    {
        var numbers = displayMatrix is null ? [] : Row().Matches(displayMatrix)
            .SelectMany(row => row.Groups["number"].Captures)
            .Select(capture => double.Parse(capture.ValueSpan, CultureInfo.InvariantCulture))
            .ToArray();
        return numbers is [var a, var b, _, var c, var d, ..] ? Of(a, b, c, d) : Upright;
    }

    // A point (x, y) of the coded picture is seen at (a·x + c·y, b·x + d·y); y points down.
    private static Orientation Of(double a, double b, double c, double d) =>
        (Math.Sign(a), Math.Sign(b), Math.Sign(c), Math.Sign(d)) switch
        {
            (1, 0, 0, -1) => new Orientation(0, "vflip"),
            (-1, 0, 0, -1) => new Orientation(180, "hflip,vflip"),
            (-1, 0, 0, 1) => new Orientation(180, "hflip"),
            (0, 1, -1, 0) => new Orientation(90, "transpose=clock"),
            (0, 1, 1, 0) => new Orientation(90, "transpose=cclock_flip"),
            (0, -1, 1, 0) => new Orientation(270, "transpose=cclock"),
            (0, -1, -1, 0) => new Orientation(270, "transpose=clock_flip"),
            _ => Upright,
        };

    [GeneratedRegex(@"[0-9a-f]{8}:(\s+(?<number>-?[0-9]+)){3}", RegexOptions.CultureInvariant)]
    private static partial Regex Row();
}
