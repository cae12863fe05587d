using System.Globalization;

namespace Thumbnails.Worker.Media;

/// <summary>
/// Parses the numbers that ffprobe prints. They come from the file and can be anything; implausible values count as unknown.
/// </summary>
internal static class ProbeNumber
{
    // Ten years.
    private const double MaxSeconds = 315_360_000;

    /// <summary>Parses a time, which may be negative.</summary>
    public static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < MaxSeconds
            ? TimeSpan.FromMicroseconds(Math.Round(seconds * 1_000_000))
            : null;

    /// <summary>Parses a duration.</summary>
    public static double? Positive(string? text) => Seconds(text) is { Ticks: > 0 } time ? time.TotalSeconds : null;

    /// <summary>Parses a fraction such as 30000/1001.</summary>
    public static double? Ratio(string? text, char separator) =>
        text?.Split(separator) is [var above, var below]
        && double.TryParse(above, NumberStyles.None, CultureInfo.InvariantCulture, out var a)
        && double.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var b) && a > 0 && b > 0
            ? a / b
            : null;
}
