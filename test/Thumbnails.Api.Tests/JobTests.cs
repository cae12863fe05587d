using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

public sealed class JobTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    [Fact]
    public async Task A_job_makes_the_requested_picture()
    {
        var video = await _service.UploadAsync(await clips.NumberedAsync());
        using var response = await _service.PostAsync(
            "/jobs", $$"""{"videoKey":"{{video}}","position":"00:08","outputName":"a/bunny.png"}""", ("Prefer", "wait=20"));
        var job = await response.JsonAsync();

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("wait=20", response.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal(new Uri(_service.Client.BaseAddress!, $"jobs/{job["id"]}"), response.Headers.Location);
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Null(job["error"]);
        var frame = job["frames"]!.AsArray().Single()!;
        Assert.Equal("00:08", (string)frame["requestedPosition"]!);
        Assert.Equal(8, (double)frame["position"]!);
        Assert.Equal("thumbnails/a/bunny.png", (string)frame["key"]!);
        Assert.Equal((320, 180), ((int)frame["width"]!, (int)frame["height"]!));
        Assert.Equal("h264", (string)job["video"]!["codec"]!);
        Assert.True((long)job["timings"]!["extractMs"]! > 0);
        Assert.True((DateTimeOffset)job["finishedAt"]! > (DateTimeOffset)job["startedAt"]!);
        Assert.Equal(240, await NumberAsync((string)frame["url"]!));

        using var redirect = await _service.Client.GetAsync($"/jobs/{job["id"]}/thumbnails/a/bunny.png");
        Assert.Equal(302, (int)redirect.StatusCode);
        Assert.Equal(240, await NumberAsync(redirect.Headers.Location!.AbsoluteUri));
        using var head = await _service.SendAsync(HttpMethod.Head, $"/jobs/{job["id"]}/thumbnails/a/bunny.png");
        Assert.Equal(302, (int)head.StatusCode);
        using var other = await _service.Client.GetAsync($"/jobs/{job["id"]}/thumbnails/bunny.png");
        Assert.Equal("thumbnail_not_found", await other.ProblemAsync(404));
    }

    [Theory]
    [InlineData("a/b.png", "a/b.png", "a%2Fb.png", "a%2fb.png", "%61/b.png", "x/../a/b.png")]
    [InlineData("a%41.png", "a%2541.png")]
    [InlineData("a?b#c.png", "a%3Fb%23c.png")]
    [InlineData("a%2Fb.png", "a%252Fb.png")]
    [InlineData("ä +&=.png", "%C3%A4%20+&=.png", "%C3%A4%20%2B%26%3D.png")]
    public async Task A_picture_is_found_under_every_encoding_of_its_name(string name, params string[] spellings)
    {
        var id = await PutSucceededJobAsync(name);
        foreach (var spelling in spellings)
        {
            using var response = await _service.Client.GetAsync($"/jobs/{id}/thumbnails/{spelling}?a=b");
            Assert.Equal((302, spelling), ((int)response.StatusCode, spelling));
            Assert.Contains($"thumbnails/{string.Join('/', name.Split('/').Select(Uri.EscapeDataString))}?", response.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_job_is_accepted_immediately_and_can_be_followed_to_its_end()
    {
        var video = await _service.UploadAsync(await clips.NumberedAsync());
        using var response = await _service.PostAsync(
            "/jobs", $$"""{"videoKey":"{{video}}","frames":[{"position":1.0e0,"outputName":"1.png"},{"position":"50%","outputName":"2.jpg"}],"width":160}""");
        var accepted = await response.JsonAsync();
        Assert.Equal(202, (int)response.StatusCode);
        Assert.Contains((string)accepted["status"]!, (string[])["queued", "running"]);
        Assert.All(accepted["frames"]!.AsArray(), frame => Assert.Null(frame!["url"]));

        using var ended = await _service.SendAsync(HttpMethod.Get, response.Headers.Location!.AbsoluteUri, null, ("Prefer", "respond-async, wait=\"25\""));
        var job = await ended.JsonAsync();
        Assert.Equal("succeeded", (string)job["status"]!);
        Assert.Equal((string)accepted["id"]!, (string)job["id"]!);
        Assert.All(job["frames"]!.AsArray(), frame => Assert.Equal((160, 90), ((int)frame!["width"]!, (int)frame["height"]!)));
        Assert.Equal(30, await NumberAsync((string)job["frames"]![0]!["url"]!));
        Assert.Equal(150, await NumberAsync((string)job["frames"]![1]!["url"]!));
    }

    [Fact]
    public async Task A_repeated_job_does_not_fail_on_its_own_picture()
    {
        var video = await _service.UploadAsync(await clips.NumberedAsync());
        var body = $$"""{"videoKey":"{{video}}","position":1,"outputName":"once.png","ifExists":"fail"}""";
        var job = await _service.RunAsync(body);
        Assert.Equal("succeeded", (string)job["status"]!);

        // Simulates a crash of service and worker before the result was stored.
        File.Delete(Path.Combine(_service.Root, "jobs", (string)job["id"]!, "result.json"));
        using var restarted = new Service(("Storage:Root", _service.Root));
        Assert.Equal("succeeded", (string)(await restarted.EndedAsync(job["id"]!))["status"]!);
        Assert.Equal("output_exists", (string)(await restarted.RunAsync(body))["error"]!["code"]!);
    }

    [Fact]
    public async Task A_failed_job_reports_its_error()
    {
        var video = await _service.UploadAsync(await clips.NumberedAsync());
        var late = await _service.RunAsync($$"""{"videoKey":"{{video}}","position":11,"outputName":"a.png"}""");
        Assert.Equal(("failed", "position_out_of_range"), ((string)late["status"]!, (string)late["error"]!["code"]!));
        Assert.Equal("The position is past the end of the video (10 s). Use outOfRange=clamp to get the last frame.", (string)late["error"]!["message"]!);
        Assert.Null(late["frames"]![0]!["url"]);

        var partly = await _service.RunAsync(
            $$"""{"videoKey":"{{video}}","frames":[{"position":11,"outputName":"a.png"},{"position":1,"outputName":"b.png"}]}""");
        Assert.Equal("1 of 2 frames failed. The first: The position is past the end of the video (10 s). Use outOfRange=clamp to get the last frame.", (string)partly["error"]!["message"]!);
        Assert.Equal("position_out_of_range", (string)partly["frames"]![0]!["error"]!["code"]!);
        Assert.Equal(30, await NumberAsync((string)partly["frames"]![1]!["url"]!));

        await File.WriteAllTextAsync(Path.Combine(_service.Root, video), "not a video");
        var broken = await _service.RunAsync($$"""{"videoKey":"{{video}}","position":1,"outputName":"a.png"}""");
        Assert.Equal(("failed", "video_unreadable"), ((string)broken["status"]!, (string)broken["error"]!["code"]!));
        Assert.DoesNotContain(_service.Root, broken.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_service_reports_liveness_and_readiness()
    {
        using var live = await _service.Client.GetAsync("/healthz");
        Assert.Equal("ok", (string)(await live.JsonAsync())["status"]!);
        using var ready = await _service.Client.GetAsync("/readyz");
        Assert.Equal(200, (int)ready.StatusCode);

        Directory.Delete(Path.Combine(_service.Root, ".store"), recursive: true);
        using var unready = await _service.Client.GetAsync("/readyz");
        Assert.Equal(503, (int)unready.StatusCode);
        var fault = (string)(await unready.JsonAsync())["checks"]!["storage"]!;
        Assert.StartsWith("The store cannot be written.", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(_service.Root, fault, StringComparison.Ordinal);
    }

    private async Task<string> PutSucceededJobAsync(string outputName)
    {
        var store = _service.Get<IObjectStore>();
        var name = OutputName.Parse(outputName);
        var job = new Job
        {
            Id = JobId.New(TimeProvider.System),
            VideoKey = ObjectKey.Parse("videos/a/b.mp4"),
            Frames = [new FrameRequest { Position = FramePosition.Parse("1"), OutputName = name }],
            CreatedAt = DateTimeOffset.UtcNow,
            TimeoutSeconds = 60,
        };
        var result = new JobResult { Status = JobStatus.Succeeded, FinishedAt = DateTimeOffset.UtcNow, Frames = [new FrameResult { OutputName = name }] };
        await store.PutJsonAsync(ObjectKeys.Job(job.Id), job, CoreJson.Default.Job, PutCondition.IfAbsent, CancellationToken.None);
        await store.PutJsonAsync(ObjectKeys.Result(job.Id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, CancellationToken.None);
        return job.Id.ToString();
    }

    private async Task<int> NumberAsync(string url)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["picture"], await _service.Client.GetByteArrayAsync(new Uri(url)));
        return NumberedClip.Read(folder["picture"]);
    }
}
