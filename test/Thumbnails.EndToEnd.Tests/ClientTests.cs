using System.Security.Cryptography;
using System.Text;
using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

/// <summary>The typed client against the published service, over a network that fails on request.</summary>
public sealed class ClientTests : IDisposable
{
    private const long ThreeParts = (128L << 20) + 1;

    private static readonly ThumbnailsClientOptions Hasty = new() { RetryDelay = TimeSpan.FromMilliseconds(1) };

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_failed_part_is_sent_again_and_the_service_does_not_buffer_parts()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        using var network = new FaultyNetwork { Fails = (request, attempt) => request.Contains("part=2", StringComparison.Ordinal) && attempt <= 2 };
        using var client = network.ClientOf(service, Hasty);
        var video = MarkedFile();
        await client.CreateUploadAsync(new UploadRequest { FileName = "warm.mp4", SizeBytes = 1 });
        var memory = service.Run.Memory("VmHWM");
        var progress = new LastProgress();

        var uploaded = await client.UploadAsync(video, new UploadOptions { Progress = progress });

        Assert.Equal(Hash(video), Hash(_folder[$"data/{uploaded.VideoKey}"]));
        Assert.Equal((ThreeParts, ThreeParts), (progress.Last!.SentBytes, progress.Last.TotalBytes));
        Assert.Equal(5, network.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
        // Much less than the size of the parts. Garbage that awaits collection depends on the CPU cache: up to 75 MB has been
        // observed.
        Assert.InRange(service.Run.Memory("VmHWM") - memory, 0, 96 * 1024);
    }

    [Fact]
    public async Task An_interrupted_upload_resumes_with_the_missing_parts()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        using var broken = new FaultyNetwork { Fails = (request, _) => request.Contains("part=3", StringComparison.Ordinal) };
        using var first = broken.ClientOf(service, Hasty with { Attempts = 1 });
        var (video, progress) = (MarkedFile(), new LastProgress());
        await Assert.ThrowsAsync<HttpRequestException>(() => first.UploadAsync(video, new UploadOptions { Progress = progress, ParallelParts = 1 }));
        Assert.False(Directory.Exists(_folder["data/videos"]));

        using var network = new FaultyNetwork();
        using var second = network.ClientOf(service, Hasty);
        var uploaded = await second.UploadAsync(video, new UploadOptions { UploadId = progress.Last!.UploadId });

        Assert.Equal(Hash(video), Hash(_folder[$"data/{uploaded.VideoKey}"]));
        Assert.Single(network.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_frame_a_storyboard_and_a_preview_of_one_job_are_downloaded_by_their_names()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        using var clips = new ClipLibrary();
        var video = await service.Client.UploadAsync(await clips.NumberedAsync());
        var job = await service.Client.CreateJobAsync(new JobRequest
        {
            VideoKey = video.VideoKey,
            Position = 1.9,
            Accuracy = Accuracy.Keyframe,
            OutputName = "a.png",
            Storyboard = new StoryboardRequest { Name = "s", Interval = 2 },
            Preview = new PreviewRequest { OutputName = "p.gif", Duration = 1 },
        });
        job = await service.Client.WaitAsync(job.Id);
        job.EnsureSucceeded();

        Assert.Equal(50, await service.NumberAsync(job.Frames[0]));
        Assert.Equal((5, 0, 1600, 180), (job.Storyboard!.Tiles, job.Storyboard.FailedTiles, job.Storyboard.Sheets.Single().Width, job.Storyboard.Sheets.Single().Height));
        foreach (var (name, start) in ((string, byte[])[])[("a.png", [0x89, 0x50]), ("s/0.jpg", [0xFF, 0xD8]), ("p.gif", [0x47, 0x49])])
        {
            await using var picture = await service.Client.GetThumbnailAsync(job.Id, name);
            var bytes = new byte[2];
            await picture.ReadExactlyAsync(bytes);
            Assert.Equal(start, bytes);
        }
    }

    [Fact]
    public async Task A_job_is_created_once_although_the_response_was_lost()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        await NumberedClip.CreateAsync(_folder["clip.mp4"], 30);
        using var network = new FaultyNetwork { LosesAnswer = (request, attempt) => request.StartsWith("POST /jobs", StringComparison.Ordinal) && attempt == 1 };
        using var client = network.ClientOf(service, Hasty);
        var video = await client.UploadAsync(_folder["clip.mp4"]);

        var job = await client.CreateJobAsync(new JobRequest { VideoKey = video.VideoKey, Position = TimeSpan.FromSeconds(0.5), OutputName = "a.png" });

        Assert.Equal(job.Id, Assert.Single((await client.GetJobsAsync()).Jobs).Id);
        job = await client.WaitAsync(job.Id);
        Assert.Equal(15, await service.NumberAsync(job.Frames[0]));
    }

    [Fact]
    public async Task The_API_key_is_sent_only_to_the_service_and_a_problem_becomes_an_exception()
    {
        using var service = await PublishedService.StartAsync(
            _folder["data"], ("Auth__ApiKeys", $"me={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("key")))}"));
        using var network = new FaultyNetwork();
        using var client = network.ClientOf(service, Hasty with { ApiKey = "key" });
        using var stranger = network.ClientOf(service, Hasty);
        using var video = new MemoryStream([1, 2, 3]);

        await client.UploadAsync(video, "clip.mp4");
        Assert.Equal(["POST /uploads +key", "PUT"], network.Requests.Select(request => request.Split(" /objects")[0]));

        var missing = await Assert.ThrowsAsync<ThumbnailsException>(
            () => client.CreateJobAsync(new JobRequest { VideoKey = "videos/01h8zkx2v6w3m9t4q7y5b0r1ca/a.mp4", Position = 1, OutputName = "a.png" }));
        Assert.Equal((422, "video_not_found"), (missing.Status, missing.Code));
        var invalid = await Assert.ThrowsAsync<ThumbnailsException>(() => client.CreateJobAsync(new JobRequest { Position = "soon", OutputName = "a.png" }));
        Assert.Equal(["position", "videoKey"], invalid.Errors.Keys.Order());
        Assert.Equal("unauthorized", (await Assert.ThrowsAsync<ThumbnailsException>(() => stranger.GetJobsAsync())).Code);
    }

    [Fact]
    public async Task The_webhook_listener_verifies_a_webhook()
    {
        var secret = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        var url = new Uri($"http://127.0.0.1:{MotoServer.FreePort()}/");
        using var listener = new ProgramRun(
            Path.Combine(AppContext.BaseDirectory, "Thumbnails.Demo"), new Dictionary<string, string> { ["SECRET"] = secret }, "listen", url.ToString());
        await listener.LineAsync(line => line.StartsWith("Listening", StringComparison.Ordinal));
        using var service = await PublishedService.StartAsync(
            _folder["data"], ("Webhooks__Secret", secret), ("Webhooks__AllowPrivateAddresses", "true"));
        await NumberedClip.CreateAsync(_folder["clip.mp4"], 30);

        var video = await service.UploadAsync(_folder["clip.mp4"]);
        var job = await service.RunAsync(new JobRequest { VideoKey = video, Position = 0, OutputName = "a.png", CallbackUrl = url });

        Assert.Contains("204  verified", await listener.LineAsync(line => line.Contains(job.Id, StringComparison.Ordinal)), StringComparison.Ordinal);
        while (job.Webhook!.Status == "pending")
            job = await service.Client.GetJobAsync(job.Id);
        job = await service.Client.RedeliverWebhookAsync(job.Id);
        Assert.Equal("pending", job.Webhook!.Status);
        await listener.LineAsync(_ => listener.Lines.Count(line => line.Contains(job.Id, StringComparison.Ordinal) && line.Contains("204  verified", StringComparison.Ordinal)) == 2);
        var now = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
        Assert.Throws<WebhookVerificationException>(() => new WebhookVerifier(secret).Verify(job.Id, now, "v1,AAAA", "{}"u8));
        Assert.Throws<WebhookVerificationException>(() => new WebhookVerifier(secret).Verify(job.Id, "1700000000", "v1,AAAA", "{}"u8));
    }

    // Every megabyte differs, so that a misplaced part is detected.
    private string MarkedFile()
    {
        var path = _folder["large.mp4"];
        using var file = File.Create(path);
        file.SetLength(ThreeParts);
        for (long offset = 0; offset < ThreeParts; offset += 1 << 20)
        {
            file.Position = offset;
            file.Write(BitConverter.GetBytes(offset));
        }

        file.SetLength(ThreeParts);
        return path;
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(file));
    }

    private sealed class LastProgress : IProgress<UploadProgress>
    {
        public UploadProgress? Last { get; private set; }

        public void Report(UploadProgress value) => Last = value;
    }
}
