using System.Text.Json;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Tests;

/// <summary>Stored objects outlive the program version that wrote them, so their JSON is a contract.</summary>
public class StoredJsonTests
{
    private const string JobJson =
        """{"id":"zybqw3jh1e6rzkym69v2cjen0z","videoKey":"videos/1/a.mp4","frames":[{"position":"00:08","outputName":"a.png","width":640,"fit":"cover","enlarge":false,"quality":90,"ifExists":"fail","outOfRange":"clamp","accuracy":"exact"}],"createdAt":"2026-11-23T08:00:00+00:00","timeoutSeconds":900}""";

    private const string ResultJson =
        """{"status":"failed","startedAt":"2026-11-23T08:00:00+00:00","finishedAt":"2026-11-23T08:00:01+00:00","frames":[{"outputName":"a.png","position":8.008,"width":640,"height":360,"sizeBytes":1000},{"outputName":"b.png","error":{"code":"position_out_of_range","message":"The video is only 60 seconds long."}}],"video":{"duration":60,"width":1280,"height":720,"codec":"h264","frameRate":29.97,"rotation":0},"timings":{"probeMs":1,"extractMs":2,"uploadMs":3},"error":{"code":"position_out_of_range","message":"1 of 2 frames failed."}}""";

    [Fact]
    public void The_JSON_of_a_stored_job_is_stable()
    {
        var job = JsonSerializer.Deserialize(JobJson, CoreJson.Default.Job)!;

        Assert.Equal(ObjectKey.Parse("videos/1/a.mp4"), job.VideoKey);
        Assert.Equal(Fit.Cover, job.Frames[0].Fit);
        Assert.Equal(TimeSpan.FromSeconds(8), job.Frames[0].Position.Time);
        Assert.Equal(JobJson, JsonSerializer.Serialize(job, CoreJson.Default.Job));
    }

    [Fact]
    public void The_JSON_of_a_job_that_awaits_its_video_is_stable()
    {
        var json = JobJson[..^1] + ""","uploadExpiresAt":"2026-11-23T09:00:00+00:00"}""";
        var job = JsonSerializer.Deserialize(json, CoreJson.Default.Job)!;

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), job.UploadExpiresAt);
        Assert.Equal(json, JsonSerializer.Serialize(job, CoreJson.Default.Job));
    }

    [Fact]
    public void The_JSON_of_a_callback_is_stable()
    {
        const string callback = """{"url":"https://example.com/hook?token=1","apiUrl":"https://api.example/"}""";
        var json = JobJson.Replace("\"timeoutSeconds\":900", $"\"timeoutSeconds\":900,\"callback\":{callback}", StringComparison.Ordinal);
        var job = JsonSerializer.Deserialize(json, CoreJson.Default.Job)!;

        Assert.Equal(new JobCallback(new Uri("https://example.com/hook?token=1"), new Uri("https://api.example/")), job.Callback);
        Assert.Equal(json, JsonSerializer.Serialize(job, CoreJson.Default.Job));
    }

    [Fact]
    public void The_JSON_of_a_result_is_stable()
    {
        var result = JsonSerializer.Deserialize(ResultJson, CoreJson.Default.JobResult)!;

        Assert.Equal(JobStatus.Failed, result.Status);
        Assert.Equal(JobErrorCode.PositionOutOfRange, result.Frames[1].Error!.Code);
        Assert.Equal(ResultJson, JsonSerializer.Serialize(result, CoreJson.Default.JobResult));
    }

    [Theory]
    [InlineData("\"00:08\"", "\"0:99\"")]
    [InlineData("\"a.png\"", "\"../a.png\"")]
    [InlineData("\"videos/1/a.mp4\"", "\"videos/../a.mp4\"")]
    [InlineData("\"cover\"", "\"Cover\"")]
    [InlineData("\"cover\"", "1")]
    public void A_damaged_stored_job_is_rejected(string good, string bad) =>
        Assert.Throws<JsonValueException>(() => JsonSerializer.Deserialize(JobJson.Replace(good, bad, StringComparison.Ordinal), CoreJson.Default.Job));
}
