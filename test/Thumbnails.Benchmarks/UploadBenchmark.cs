using System.Diagnostics;

namespace Thumbnails.Benchmarks;

/// <summary>A 2 GB upload through a signed address: the API's memory stays flat.</summary>
internal static class UploadBenchmark
{
    private const long Size = 2_000_000_000;

    public static async Task RunAsync(string artifacts)
    {
        using var service = new Service(artifacts);
        await service.FirstAnswerAsync();
        var path = Path.GetTempFileName();
        try
        {
            using (var file = File.OpenWrite(path))
                file.SetLength(Size);
            var (before, peak, rate) = (new Figures("peak memory of the API before a 2 GB upload", "MB"), new Figures("and after it", "MB"), new Figures("upload to the disk", "MB/s"));
            before.Add(service.Memory("VmHWM"));
            var watch = Stopwatch.StartNew();
            await service.UploadAsync(path);
            rate.Add(Size / 1e6 / watch.Elapsed.TotalSeconds);
            peak.Add(service.Memory("VmHWM"));
            before.Print();
            peak.Print();
            rate.Print();
        }
        finally
        {
            File.Delete(path);
        }
    }
}
