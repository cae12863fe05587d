using System.Diagnostics;

namespace Thumbnails.Benchmarks;

/// <summary>From the start of the process to its first answered request, on a warm disk.</summary>
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
