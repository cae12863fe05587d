using System.Text;
using System.Text.Json.Nodes;
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
    public async Task A_job_for_a_missing_video_is_rejected()
    {
        foreach (var key in (string[])["videos/zybqw3jh1e6rzkym69v2cjen0z/a.mp4", "videos/x"])
        {
            using var response = await _service.PostAsync("/jobs", $$"""{"videoKey":"{{key}}","position":1,"outputName":"a.png"}""");
            Assert.Equal("video_not_found", await response.ProblemAsync(422));
        }
    }

    [Theory]
    [InlineData("{}", "videoKey", "position", "outputName")]
    [InlineData("""{"videoKey":"jobs/x/job.json","position":"-1","outputName":"a.gif"}""", "videoKey", "position", "outputName")]
    [InlineData("""{"videoKey":"videos/../x","position":-1,"outputName":"../a.png"}""", "videoKey", "position", "outputName")]
    [InlineData("""{"videoKey":"videos/\u0000","position":1e400,"outputName":"a\u0001.png"}""", "videoKey", "position", "outputName")]
    [InlineData("""{"videoKey":"videos/x","position":1,"outputName":"a.png","width":0,"height":20000,"quality":101}""", "width", "height", "quality")]
    [InlineData("""{"videoKey":"videos/x","position":true,"outputName":"a.png"}""", "position")]
    [InlineData("""{"videoKey":"videos/x","position":1,"outputName":"a.png","fit":"crop"}""", "fit")]
    [InlineData("""{"videoKey":"videos/x","position":1,"outputName":"a.png","ifExists":0}""", "ifExists")]
    [InlineData("""{"videoKey":"videos/x","position":1,"outputName":"a.png","with":640}""", "with")]
    [InlineData("""{"videoKey":"videos/x","position":1,"outputName":"a.png","width":8193,"height":8192,"fit":"fill","enlarge":true}""", "width")]
    [InlineData("""{"videoKey":"videos/x","frames":[{"position":1,"outputName":"a.png"},{"position":1,"outputName":"b.png","width":16383}],"height":16383,"fit":"cover","enlarge":true}""", "frames[1].width")]
    [InlineData("""{"videoKey":"videos/x","frames":[]}""", "frames")]
    [InlineData("""{"videoKey":"videos/x","frames":[null]}""", "frames[0]")]
    [InlineData("""{"videoKey":"videos/x","frames":{}}""", "frames")]
    [InlineData("""{"videoKey":"videos/x","position":1,"frames":[{"position":1,"outputName":"a.png"}]}""", "position")]
    [InlineData("""{"videoKey":"videos/x","frames":[{"position":1,"outputName":"a.png"},{"position":2,"outputName":"a.png"}]}""", "frames")]
    [InlineData("""{"videoKey":"videos/x","frames":[{"position":1,"outputName":"a.png"},{"position":"1:99","outputName":""}]}""", "frames[1].position", "frames[1].outputName")]
    public async Task An_invalid_job_request_is_rejected_with_every_error(string body, params string[] members)
    {
        using var response = await _service.PostAsync("/jobs", body);

        Assert.Equal(members.Order(), await response.FaultsAsync());
    }

    [Fact]
    public async Task A_job_has_at_most_100_frames()
    {
        var frames = new JsonArray([.. Enumerable.Range(0, 101).Select(i => new JsonObject { ["position"] = i, ["outputName"] = $"{i}.png" })]);
        using var response = await _service.PostAsync("/jobs", new JsonObject { ["videoKey"] = "videos/x", ["frames"] = frames }.ToJsonString());

        Assert.Equal("validation_failed", await response.ProblemAsync(400));
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("null", 400)]
    [InlineData("[]", 400)]
    [InlineData("7", 400)]
    [InlineData("{\"videoKey\":", 400)]
    [InlineData("{\"videoKey\":\"\0\"}", 400)]
    [InlineData("\ufffe", 400)]
    public async Task A_malformed_job_body_is_rejected(string body, int status)
    {
        using var response = await _service.PostAsync("/jobs", body);

        Assert.Equal("validation_failed", await response.ProblemAsync(status));
    }

    [Fact]
    public async Task An_HTTP_level_error_is_a_problem_with_a_code()
    {
        using var large = await _service.PostAsync("/jobs", $$"""{"videoKey":"{{new string('x', 300_000)}}"}""");
        Assert.Equal("validation_failed", await large.ProblemAsync(413));
        using var text = await _service.SendAsync(HttpMethod.Post, "/jobs", new StringContent("{}", Encoding.UTF8, "text/plain"));
        Assert.Equal("validation_failed", await text.ProblemAsync(415));
        using var method = await _service.SendAsync(HttpMethod.Patch, "/jobs");
        Assert.Equal("method_not_allowed", await method.ProblemAsync(405));
        using var nowhere = await _service.Client.GetAsync("/nowhere");
        Assert.Equal("not_found", await nowhere.ProblemAsync(404));
        foreach (var id in (string[])["zybqw3jh1e6rzkym69v2cjen0z", "x", "..%2f..", "%01"])
        {
            using var job = await _service.Client.GetAsync($"/jobs/{id}");
            Assert.Equal("job_not_found", await job.ProblemAsync(404));
        }
    }

    [Fact]
    public async Task The_same_idempotency_key_and_body_return_the_same_job()
    {
        var video = await _service.UploadAsync(await clips.NumberedAsync());
        var body = $$"""{"videoKey":"{{video}}","position":1,"outputName":"a.png"}""";
        var spaced = $$"""{ "outputName": "a.png", "position": 1.0, "videoKey": "{{video}}", "width": null }""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            _service.PostAsync("/jobs", i % 2 == 0 ? body : spaced, ("Idempotency-Key", "bunny-1"))));
        var ids = new HashSet<string>();
        foreach (var response in answers)
        {
            Assert.Equal(202, (int)response.StatusCode);
            ids.Add((string)(await response.JsonAsync())["id"]!);
            response.Dispose();
        }

        Assert.Single(ids);
        using var reused = await _service.PostAsync("/jobs", body.Replace("a.png", "b.png", StringComparison.Ordinal), ("Idempotency-Key", "bunny-1"));
        Assert.Equal("idempotency_key_reused", await reused.ProblemAsync(422));
        using var other = await _service.PostAsync("/jobs", body, ("Idempotency-Key", "bunny-2"));
        Assert.DoesNotContain((string)(await other.JsonAsync())["id"]!, ids);
        using var bad = await _service.PostAsync("/jobs", body, ("Idempotency-Key", new string('x', 256)));
        Assert.Equal("validation_failed", await bad.ProblemAsync(400));
    }

    [Fact]
    public async Task Jobs_are_listed_newest_first_in_pages_and_by_status()
    {
        var video = await _service.UploadAsync(await clips.NumberedAsync());
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var position = i == 2 ? 99 : 1;
            ids.Insert(0, (string)(await _service.RunAsync($$"""{"videoKey":"{{video}}","position":{{position}},"outputName":"{{i}}.png"}"""))["id"]!);
        }

        Assert.Equal(ids, await ListAsync("/jobs", 5));
        Assert.Equal(ids, await ListAsync("/jobs?limit=2", 2));
        Assert.Equal([ids[2]], await ListAsync("/jobs?status=failed", 1));
        Assert.Equal(ids.Where(id => id != ids[2]), await ListAsync("/jobs?status=succeeded&limit=1", 1));
        Assert.Empty(await ListAsync("/jobs?status=running", 0));
        foreach (var query in (string[])["status=done", "limit=0", "limit=101", "limit=x", "cursor=x"])
        {
            using var response = await _service.Client.GetAsync($"/jobs?{query}");
            Assert.Equal("validation_failed", await response.ProblemAsync(400));
        }
    }

    [Fact]
    public async Task A_page_of_jobs_with_many_frames_holds_fewer_jobs()
    {
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
            ids.Add(await PutCanceledJobAsync(frames: 100));

        Assert.Equal(ids.Order(StringComparer.Ordinal), await ListAsync("/jobs?limit=100", 10));
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

    // Follows the cursors to the end and checks that no page exceeds the limit.
    private async Task<string> PutCanceledJobAsync(int frames)
    {
        var store = _service.Get<IObjectStore>();
        var job = new Job
        {
            Id = JobId.New(TimeProvider.System),
            VideoKey = ObjectKey.Parse("videos/a/b.mp4"),
            Frames = [.. Enumerable.Range(0, frames).Select(i => new FrameRequest { Position = FramePosition.Parse("1"), OutputName = OutputName.Parse($"{i}.png") })],
            CreatedAt = DateTimeOffset.UtcNow,
            TimeoutSeconds = 60,
        };
        var result = new JobResult { Status = JobStatus.Canceled, FinishedAt = DateTimeOffset.UtcNow };
        await store.PutJsonAsync(ObjectKeys.Job(job.Id), job, CoreJson.Default.Job, PutCondition.IfAbsent, CancellationToken.None);
        await store.PutJsonAsync(ObjectKeys.Result(job.Id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, CancellationToken.None);
        return job.Id.ToString();
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

    private async Task<List<string>> ListAsync(string path, int longest)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? "" : $"{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}";
            using var response = await _service.Client.GetAsync(path + query);
            var page = await response.JsonAsync();
            Assert.InRange(page["jobs"]!.AsArray().Count, 0, longest);
            ids.AddRange(page["jobs"]!.AsArray().Select(job => (string)job!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        return ids;
    }

    private async Task<int> NumberAsync(string url)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder["picture"], await _service.Client.GetByteArrayAsync(new Uri(url)));
        return NumberedClip.Read(folder["picture"]);
    }
}
