using System.Collections.Concurrent;
using System.Diagnostics;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// Selects the frame for <c>auto</c>: samples a few positions spread over the video, and analyzes a small copy of each. If all
/// of them are blank, it samples more positions between them, and finally many more.
/// </summary>
internal sealed class RepresentativeFrame(FrameExtractor extractor, int parallel)
{
    // Away from the ends, with their titles, fades and credits.
    private static readonly double[][] Rounds =
    [
        [0.15, 0.30, 0.45, 0.60, 0.75],
        [0.05, 0.10, 0.22, 0.38, 0.52, 0.68, 0.83, 0.90, 0.95, 0],
        [.. Enumerable.Range(0, 32).Select(i => (i + 0.5) / 32)],
    ];

    // After this time, the best sample so far is used.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);
    private const long MaxPixels = 400_000_000;

    // Two frames of this size at once may exceed the memory.
    private const long LargeFrame = 16_000_000;

    /// <exception cref="JobFailedException">No frame at all can be decoded.</exception>
    public async Task<Sample> FindAsync(ProbedVideo video, CancellationToken cancellationToken)
    {
        var duration = video.Duration ?? TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        var pixels = (long)video.Info.Width * video.Info.Height;
        var samples = new ConcurrentBag<Sample>();
        JobFailedException? failure = null;
        var seen = new HashSet<long>();
        foreach (var round in Rounds)
        {
            // In a short video, several positions may select the same frame.
            var times = round.Select(part => part * duration).Where(time => seen.Add(FrameAt(time, video))).ToList();
            var options = new ParallelOptions { MaxDegreeOfParallelism = pixels > LargeFrame ? 1 : parallel, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(times, options, async (time, token) =>
            {
                if (IsEnough())
                    return;
                try
                {
                    var frame = await extractor.ExtractAsync(video, FrameOutput.Sample, time, token);
                    samples.Add(new Sample(frame.Position, frame.Content));
                }
                catch (JobFailedException exception)
                {
                    failure = exception; // A damaged stretch; the other samples decide.
                }
            });
            // If no frame of a round can be decoded, further rounds would not help.
            if (samples.IsEmpty || IsEnough() || samples.Any(sample => !sample.IsBlank))
                break;
        }

        // Ordered by position, so that a tie does not depend on which process finished first.
        return samples.IsEmpty ? throw failure! : Sample.MostRepresentative([.. samples.OrderBy(sample => sample.Position)]);

        bool IsEnough() => failure?.IsFinal is true || !samples.IsEmpty && (watch.Elapsed > MaxTime || samples.Count * pixels > MaxPixels);
    }

    // An approximation: frames may last longer than the average. Without a known interval, every time is a different frame.
    private static long FrameAt(TimeSpan time, ProbedVideo video) => time.Ticks / Math.Max(1, video.FrameInterval.Ticks);
}
