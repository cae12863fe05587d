using System.Globalization;
using System.Text.RegularExpressions;

namespace Thumbnails.Worker.Media;

/// <summary>
/// What ffmpeg's <c>showinfo</c> filter prints of each frame that passes it. Two of them stand in our filter graph:
/// <see cref="Source"/> behind the decoder, <see cref="Picture"/> before the encoder.
/// </summary>
internal static partial class ShowInfo
{
    public const string Source = "source";
    public const string Picture = "picture";

    /// <summary>The filter, under the name with which its lines begin.</summary>
    public static string Filter(string name) => $"showinfo@{name}=checksum=0";

    public static bool IsShowInfo(string line) => line.StartsWith("[showinfo@", StringComparison.Ordinal);

    public static ShownFrame? TryParse(string line)
    {
        if (!IsShowInfo(line) || Pattern().Match(line) is not { Success: true } match)
            return null;
        return new ShownFrame(
            match.Groups["name"].Value,
            long.Parse(match.Groups["pts"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["width"].ValueSpan, CultureInfo.InvariantCulture),
            int.Parse(match.Groups["height"].ValueSpan, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\A\[showinfo@(?<name>\w+) @ [^]]*\] n: *[0-9]+ pts: *(?<pts>-?[0-9]{1,18}) .* s:(?<width>[0-9]{1,7})x(?<height>[0-9]{1,7}) ", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>One frame at one of the two places.</summary>
/// <param name="Name">Which place.</param>
/// <param name="Pts">The presentation time in the time base of the place.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
internal sealed record ShownFrame(string Name, long Pts, int Width, int Height);
