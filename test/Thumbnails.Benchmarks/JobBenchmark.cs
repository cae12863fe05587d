using System.Diagnostics;
using System.Globalization;
using CliWrap;

namespace Thumbnails.Benchmarks;

/// <summary>
/// A complete job over HTTP compared with bare ffmpeg making the same picture, in pairs, at several positions of an hour.
/// </summary>
internal static class JobBenchmark
{
    // The same ffmpeg that the worker uses.
    private static readonly string Ffmpeg = Environment.GetEnvironmentVariable("FFMPEG") is { Length: > 0 } given ? given : "ffmpeg";

    public static async Task RunAsync(string artifacts)
    {
        using var service = await PublishedService.StartAsync(artifacts);
        var clip = await Clips.HourAsync();
        var video = (await service.Client.UploadAsync(clip)).VideoKey;
        foreach (var position in new[] { 2.5, 1802.5, 3592.5 })
        {
            var (job, bare, ratio) = (new Figures($"whole job at {position} s of an hour of 720p", "ms"), new Figures("bare ffmpeg -ss … -i … -frames:v 1", "ms"), new Figures("ratio", "x"));
            for (var run = -1; run < 10; run++)
            {
                var a = await TimeAsync(() => service.RunAsync(video, position, "job.png"));
                var b = await TimeAsync(() => BareAsync(clip, position));
                if (run < 0)
                    continue;
                job.Add(a);
                bare.Add(b);
                ratio.Add(a / b);
            }

            job.Print();
            bare.Print();
            ratio.Print();
        }
    }

    private static async Task BareAsync(string clip, double position)
    {
        var output = Path.Combine(Path.GetTempPath(), $"bare-{Environment.ProcessId}.png");
        await Cli.Wrap(Ffmpeg)
            .WithArguments(["-v", "error", "-y", "-ss", position.ToString(CultureInfo.InvariantCulture), "-i", clip, "-frames:v", "1", output])
            .ExecuteAsync();
        File.Delete(output);
    }

    private static async Task<double> TimeAsync(Func<Task> action)
    {
        var watch = Stopwatch.StartNew();
        await action();
        return watch.Elapsed.TotalMilliseconds;
    }
}
