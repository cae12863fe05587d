using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

public sealed class StoryboardRequestTests : IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

    [Theory]
    [InlineData("""{}""", "position", "outputName")]
    [InlineData("""{"storyboard":null,"preview":null}""", "position", "outputName")]
    [InlineData("""{"position":1,"storyboard":{"name":"a"}}""", "outputName")]
    [InlineData("""{"frames":[],"storyboard":{"name":"a"}}""", "frames")]
    [InlineData("""{"storyboard":{"name":"a"},"width":640,"height":360,"fit":"cover","background":"blur","enlarge":false,"quality":80,"outOfRange":"clamp","accuracy":"keyframe"}""", "accuracy", "background", "enlarge", "fit", "height", "outOfRange", "quality", "width")]
    [InlineData("""{"preview":{"outputName":"a.webp"},"fit":"contain","width":640}""", "fit", "width")]
    [InlineData("""{"storyboard":{}}""", "storyboard.name")]
    [InlineData("""{"storyboard":{"name":"../x"}}""", "storyboard.name")]
    [InlineData("""{"storyboard":{"name":"/x"}}""", "storyboard.name")]
    [InlineData("""{"storyboard":{"name":""}}""", "storyboard.name")]
    [InlineData("""{"storyboard":{"name":"a","interval":0}}""", "storyboard.interval")]
    [InlineData("""{"storyboard":{"name":"a","interval":-1}}""", "storyboard.interval")]
    [InlineData("""{"storyboard":{"name":"a","interval":1e9}}""", "storyboard.interval")]
    [InlineData("""{"storyboard":{"name":"a","columns":0,"rows":0}}""", "storyboard.columns", "storyboard.rows")]
    [InlineData("""{"storyboard":{"name":"a","columns":1000,"rows":100}}""", "storyboard.columns", "storyboard.rows")]
    [InlineData("""{"storyboard":{"name":"a","width":15,"quality":0}}""", "storyboard.quality", "storyboard.width")]
    [InlineData("""{"storyboard":{"name":"a","width":1920,"columns":9}}""", "storyboard.width")]
    [InlineData("""{"storyboard":{"name":"a","width":1921,"columns":21}}""", "storyboard.columns", "storyboard.width")]
    [InlineData("""{"storyboard":{"name":"a","format":"gif"}}""", "storyboard.format")]
    [InlineData("""{"storyboard":{"name":"a","tiles":1}}""", "storyboard.tiles")]
    [InlineData("""{"position":1,"outputName":"a/0.jpg","storyboard":{"name":"a"}}""", "storyboard.name")]
    [InlineData("""{"position":1,"outputName":"a.png","storyboard":{"name":"a.png"}}""", "storyboard.name")]
    [InlineData("""{"preview":{"outputName":"a.webp"},"storyboard":{"name":"a.webp/b"}}""", "storyboard.name")]
    [InlineData("""{"position":1,"outputName":"a.webp","preview":{"outputName":"a.webp"}}""", "preview.outputName")]
    [InlineData("""{"preview":{}}""", "preview.outputName")]
    [InlineData("""{"preview":{"outputName":"a.png"}}""", "preview.outputName")]
    [InlineData("""{"preview":{"outputName":"../a.gif","start":"auto"}}""", "preview.outputName", "preview.start")]
    [InlineData("""{"preview":{"outputName":"a.gif","start":"1:99","duration":0,"segments":0,"width":0,"fps":0}}""", "preview.duration", "preview.fps", "preview.segments", "preview.start", "preview.width")]
    [InlineData("""{"preview":{"outputName":"a.gif","duration":10.5,"segments":11,"fps":31}}""", "preview.duration", "preview.fps", "preview.segments")]
    [InlineData("""{"position":1,"outputName":"a.png","accuracy":"rough"}""", "accuracy")]
    [InlineData("""{"position":1,"outputName":"a.png","fit":"pad","width":9}""", "height")]
    [InlineData("""{"position":1,"outputName":"a.png","fit":"pad","height":9,"background":"red"}""", "background", "width")]
    [InlineData("""{"position":1,"outputName":"a.png","fit":"pad","width":16000,"height":16000}""", "width")]
    [InlineData("""{"position":1,"outputName":"a.png","background":"#abc"}""", "background")]
    [InlineData("""{"frames":[{"position":1,"outputName":"a.png","background":"#abcd"},{"position":1,"outputName":"b.png","fit":"pad","width":9}]}""", "frames[0].background", "frames[1].height")]
    public async Task An_invalid_storyboard_or_preview_request_is_rejected_with_every_error(string body, params string[] members)
    {
        using var response = await _service.PostAsync("/jobs", $$"""{"videoKey":"videos/x",{{body[1..]}}""".Replace(",}", "}", StringComparison.Ordinal));
        Assert.Equal(members.Order(), await response.FaultsAsync());

        using var upload = await _service.PostAsync("/uploads", $$"""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":5,"job":{{body}}}""");
        Assert.Equal(members.Select(member => $"job.{member}").Order(), await upload.FaultsAsync());
    }

    [Fact]
    public async Task A_job_stores_the_requested_storyboard_and_preview()
    {
        var job = await CreateAsync("""
            {"frames":[{"position":1,"outputName":"a.png"},{"position":2,"outputName":"b.png","accuracy":"exact","fit":"contain"}],"ifExists":"fail","accuracy":"keyframe",
             "fit":"pad","width":320,"height":240,"background":"blur",
             "storyboard":{"name":"a/b","interval":2.5,"width":160,"columns":10,"rows":10,"format":"webp","quality":70},
             "preview":{"outputName":"a.gif","start":"10%","duration":10,"segments":5,"width":480,"fps":15}}
            """);

        Assert.Equal([Accuracy.Keyframe, Accuracy.Exact], job.Frames.Select(frame => frame.Accuracy));
        Assert.Equal([Fit.Pad, Fit.Contain], job.Frames.Select(frame => frame.Fit));
        Assert.Equal("blur", job.Frames[0].Background?.ToString());
        Assert.Equal(
            new StoryboardRequest { Name = StoryboardName.Parse("a/b"), Interval = 2.5, Width = 160, Columns = 10, Rows = 10, Format = PictureFormat.Webp, Quality = 70, IfExists = IfExists.Fail },
            job.Storyboard);
        Assert.Equal(
            new PreviewRequest { OutputName = PreviewName.Parse("a.gif"), Start = FramePosition.Parse("10%"), Duration = 10, Segments = 5, Width = 480, Fps = 15, IfExists = IfExists.Fail },
            job.Preview);
        Assert.Matches("^[0-9a-f]{32}$", job.ViewSecret);
    }

    [Fact]
    public async Task A_job_with_a_storyboard_or_preview_needs_no_frames()
    {
        var storyboard = await CreateAsync("""{"storyboard":{"name":"a","format":"jpeg"}}""");
        Assert.Empty(storyboard.Frames);
        Assert.Equal(new StoryboardRequest { Name = StoryboardName.Parse("a") }, storyboard.Storyboard);
        var preview = await CreateAsync("""{"preview":{"outputName":"a.webp"},"ifExists":"fail","width":null}""");
        Assert.Equal(new PreviewRequest { OutputName = PreviewName.Parse("a.webp"), IfExists = IfExists.Fail }, preview.Preview);
        Assert.Null(preview.ViewSecret);
        Assert.NotEqual(storyboard.ViewSecret, (await CreateAsync("""{"storyboard":{"name":"a"}}""")).ViewSecret);
    }

    // Created as the job of an upload, which is stored without a video.
    private async Task<Job> CreateAsync(string body)
    {
        var upload = await _service.CreateUploadAsync("a.mp4", 5, $",\"job\":{body}");
        var response = await _service.JobAsync(upload["jobId"]!);
        Assert.Equal(body.Contains("storyboard", StringComparison.Ordinal), response["storyboard"] is not null);
        Assert.Null(response["storyboard"]?["urls"]);
        var job = await _service.Get<IObjectStore>().GetJsonAsync(ObjectKeys.Job(JobId.Parse((string)upload["jobId"]!)), CoreJson.Default.Job, CancellationToken.None);
        return job!;
    }
}
