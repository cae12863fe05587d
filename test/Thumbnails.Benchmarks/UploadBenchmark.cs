using System.Diagnostics;
using Thumbnails.Client;

namespace Thumbnails.Benchmarks;

/// <summary>A 3 GB upload through presigned URLs, in one piece and in parts. The API's memory should stay flat.</summary>
internal static class UploadBenchmark
{
    private const long Size = 3_000_000_000;

    public static async Task RunAsync(string artifacts)
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.OpenWrite(path))
                file.SetLength(Size);
            await RunAsync(artifacts, path, "in one piece", new UploadOptions { PartsAboveBytes = long.MaxValue });
            await RunAsync(artifacts, path, "in parts, four at once", new UploadOptions());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task RunAsync(string artifacts, string path, string how, UploadOptions options)
    {
        using var service = await PublishedService.StartAsync(artifacts);
        var (before, peak, rate) = (new Figures("peak memory of the API before a 3 GB upload", "MB"), new Figures($"and after it, {how}", "MB"), new Figures("upload to the disk", "MB/s"));
        before.Add(service.Memory("VmHWM"));
        var watch = Stopwatch.StartNew();
        await service.Client.UploadAsync(path, options);
        rate.Add(Size / 1e6 / watch.Elapsed.TotalSeconds);
        peak.Add(service.Memory("VmHWM"));
        before.Print();
        peak.Print();
        rate.Print();
    }
}
