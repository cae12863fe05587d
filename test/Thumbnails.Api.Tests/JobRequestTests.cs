using System.Text;
using System.Text.Json.Nodes;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>The validation and the idempotency of job requests.</summary>
public sealed class JobRequestTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

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
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            _service.PostAsync("/jobs", i % 2 == 0 ? body : spaced, ("Idempotency-Key", "bunny-1"))));
        var ids = new HashSet<string>();
        foreach (var response in responses)
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
}
