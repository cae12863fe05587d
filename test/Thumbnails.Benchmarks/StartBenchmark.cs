using System.Diagnostics;

namespace Thumbnails.Benchmarks;

/// <summary>The time from process start to the first response, with a warm disk cache.</summary>
internal static class StartBenchmark
{
    public static async Task RunAsync(string artifacts)
    {
        var figures = new Figures("process start to first answered POST /uploads", "ms");
        for (var run = -3; run < 20; run++)
        {
            var watch = Stopwatch.StartNew();
            using var service = await PublishedService.StartAsync(artifacts);
            if (run >= 0)
                figures.Add(watch.Elapsed.TotalMilliseconds);
        }

        figures.Print();
    }
}
