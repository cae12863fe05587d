using System.Globalization;
using System.Text;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Keyframes;

/// <summary>An encoded keyframe in its file.</summary>
/// <param name="Time">The presentation time, by the file's clock.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Size">The number of bytes.</param>
internal sealed record KeyframePacket(TimeSpan Time, long Offset, int Size)
{
    private const int MaxOutput = 64 * 1024;

    /// <summary>
    /// Finds the keyframe that a seek to each of the given times, by the file's clock, leads to. An entry is null when that is not a
    /// keyframe that players show; the list is null when ffprobe did not find all of them.
    /// </summary>
    public static async Task<IReadOnlyList<KeyframePacket?>?> FindAsync(
        MediaTools tools, ProbedVideo video, IReadOnlyList<TimeSpan> times, CancellationToken cancellationToken)
    {
        var exit = await MediaProcess.RunAsync(tools.Ffprobe, Arguments(video, times), MaxOutput, null, cancellationToken);
        var lines = Encoding.ASCII.GetString(exit.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return exit.Code == 0 && lines.Length == times.Count ? [.. lines.Select(Parse)] : null;
    }

    private static IReadOnlyList<string> Arguments(ProbedVideo video, IReadOnlyList<TimeSpan> times) =>
    [
        .. MediaInput.GlobalArguments,
        "-v", "error",
        "-select_streams", string.Create(CultureInfo.InvariantCulture, $"{video.StreamIndex}"),
        // The first packet after each seek.
        "-read_intervals", string.Join(',', times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F6}%+#1"))),
        "-show_entries", "packet=pts_time,size,pos,flags",
        "-of", "csv=p=0",
        .. video.Input.Arguments,
    ];

    // D marks frames that an edit list hides, C those that are damaged.
    private static KeyframePacket? Parse(string line) =>
        line.Split(',') is [var time, var size, var offset, var flags, ..]
        && ProbeNumber.Seconds(time) is { } seconds
        && int.TryParse(size, CultureInfo.InvariantCulture, out var bytes)
        && long.TryParse(offset, CultureInfo.InvariantCulture, out var start)
        && flags.StartsWith('K') && flags.AsSpan().IndexOfAny('D', 'C') < 0
            ? new KeyframePacket(seconds, start, bytes)
            : null;
}
