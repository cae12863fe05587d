namespace Thumbnails.Benchmarks;

/// <summary>The API's resident memory after 100 jobs.</summary>
internal static class MemoryBenchmark
{
    public static async Task RunAsync(string artifacts)
    {
        using var service = await PublishedService.StartAsync(artifacts);
        var video = (await service.Client.UploadAsync(await Clips.MinuteAsync())).VideoKey;
        var (start, end) = (new Figures("resident memory of the API at its start", "MB"), new Figures("resident memory of the API after 100 jobs", "MB"));
        start.Add(service.Memory("VmRSS"));
        for (var job = 0; job < 100; job++)
            await service.RunAsync(video, job % 60, $"{job}.jpg");
        end.Add(service.Memory("VmRSS"));
        start.Print();
        end.Print();
    }
}
