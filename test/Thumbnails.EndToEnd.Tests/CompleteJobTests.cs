using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Thumbnails.Client;
using Thumbnails.TestKit;

namespace Thumbnails.EndToEnd.Tests;

public sealed class CompleteJobTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_position_format_returns_the_right_frame()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var video = await service.UploadAsync(await clips.NumberedAsync());
        foreach (var (position, number) in ((string, int)[])[("8", 240), ("8.5", 255), ("\"8.5\"", 255), ("\"00:08\"", 240), ("\"0:00:03.250\"", 97), ("\"50%\"", 150)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "jobs")
            {
                Content = new StringContent($$"""{"videoKey":"{{video}}","position":{{position}},"outputName":"a.png"}""", Encoding.UTF8, "application/json"),
                Headers = { { "Prefer", "wait=25" } },
            };
            using var response = await service.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var job = await service.Client.GetJobAsync(response.Headers.Location!.Segments[^1]);
            Assert.Equal(number, await service.NumberAsync(job.Frames[0]));
        }
    }

    [Fact]
    public async Task A_job_with_ten_frames_returns_the_right_frames()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var video = await service.UploadAsync(await clips.NumberedAsync());
        var frames = Enumerable.Range(0, 10).Select(i => new FrameRequest { Position = i + 0.5, OutputName = $"{i}.{(i % 2 == 0 ? "png" : "webp")}" });
        var job = await service.RunAsync(new JobRequest { VideoKey = video, Frames = [.. frames] });

        Assert.Equal(JobStatus.Succeeded, job.Status);
        for (var i = 0; i < 10; i++)
            Assert.Equal(i * 30 + 15, await service.NumberAsync(job.Frames[i]));
    }

    [Fact]
    public async Task Every_accepted_job_succeeds_although_the_service_is_killed_six_times()
    {
        var clip = await clips.NumberedAsync();
        var accepted = new Dictionary<string, int>();
        string? video = null;
        for (var kill = 0; kill < 6; kill++)
        {
            using var service = await PublishedService.StartAsync(_folder["data"]);
            video ??= await service.UploadAsync(clip);
            for (var i = 0; i < 4; i++)
            {
                var second = accepted.Count % 10;
                var job = await service.Client.CreateJobAsync(new JobRequest { VideoKey = video, Position = second, OutputName = $"{accepted.Count}.png" });
                accepted.Add(job.Id, second * 30);
                await Task.Delay(kill * 13);
            }

            await service.Run.KillAsync();
        }

        using var last = await PublishedService.StartAsync(_folder["data"]);
        foreach (var (id, number) in accepted)
        {
            var job = await last.Client.WaitAsync(id);
            Assert.Equal(JobStatus.Succeeded, job.Status);
            Assert.Equal(number, await last.NumberAsync(job.Frames[0]));
        }
    }

    [Fact]
    public async Task The_service_logs_JSON_without_signatures()
    {
        using var service = await PublishedService.StartAsync(_folder["data"]);
        var video = await service.UploadAsync(await clips.NumberedAsync());
        var job = await service.RunAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "a.png" });
        await service.NumberAsync(job.Frames[0]);
        Assert.Equal(0, await service.Run.TerminateAsync());

        var lines = service.Run.Lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        var post = Assert.Single(lines, line => (string?)line["RequestPath"] == "/jobs" && line.ContainsKey("StatusCode"));
        Assert.Equal(job.Id, (string)post["JobId"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)post["@tr"]!);
        // The steps that the worker logs, and what the service logs about the end of the job.
        var ofJob = lines.Where(line => line.ContainsKey("JobId") && !line.ContainsKey("RequestPath")).ToLookup(line => line.ContainsKey("SourceContext"));
        Assert.Equal(["started", "probed", "extracted", "stored", "finished"], ofJob[false].Select(line => (string)line["@m"]!));
        Assert.Contains(ofJob[true], line => (string?)line["Location"] == "thumbnails/a.png");
        Assert.DoesNotContain(service.Run.Lines, line => line.Contains("signature", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_waiting_client_does_not_delay_shutdown()
    {
        var hang = _folder.WriteScript("ffmpeg", "exec sleep 1000");
        using var service = await PublishedService.StartAsync(_folder["data"], ("FFMPEG", hang), ("FFPROBE", "ffprobe"));
        var video = await service.UploadAsync(await clips.NumberedAsync());
        var waiting = service.RunAsync(new JobRequest { VideoKey = video, Position = 1, OutputName = "a.png" });
        await service.Run.LineAsync(line => line.Contains("\"started\"", StringComparison.Ordinal));
        Assert.Equal(0, await service.Run.TerminateAsync());

        var job = await waiting;
        Assert.Equal(JobStatus.Running, job.Status);

        // The next process finishes it.
        using var next = await PublishedService.StartAsync(_folder["data"]);
        Assert.Equal(JobStatus.Succeeded, (await next.Client.WaitAsync(job.Id)).Status);
    }

    [Fact]
    public async Task The_demo_prints_the_path_of_the_right_picture()
    {
        var environment = new Dictionary<string, string> { ["VIDEO"] = await clips.NumberedAsync(), ["POSITION"] = "00:04", ["OUTPUT"] = _folder["of/my/own/four.png"] };
        var demo = Path.Combine(AppContext.BaseDirectory, "Thumbnails.Demo");
        var (code, lines) = await ProgramRun.ToEndAsync(demo, environment, Published.Api, Published.Worker, _folder.Path);

        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.StartsWith("picture", StringComparison.Ordinal) && line.Contains(_folder["of/my/own/four.png"], StringComparison.Ordinal));
        Assert.Equal(120, NumberedClip.Read(_folder["of/my/own/four.png"]));
    }
}
