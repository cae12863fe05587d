using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Pages;
using Thumbnails.Api.Storyboards;
using Thumbnails.Api.Uploads;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.OpenApi;

/// <summary>An example of each body. Responses use the service's own serializer, so that no member is missing.</summary>
internal static class Examples
{
    // The page's sample, so that a request with the values of the example works.
    private static readonly PageFile Sample = PageFile.Find("page/sample.mp4")!;

    private const string Base = "http://127.0.0.1:5080/objects/";

    private static readonly DateTimeOffset Created = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly ObjectKey Video = ObjectKey.Parse("videos/7zpbgm5v1m2d8e4k0s6y3f7h9w/sample.mp4");

    private static readonly Uri Folder = StoryboardUrls.FolderOf("7zpbgm5v1k6j3c0w8t2x4n9qra.8f14e45fceea167a5a36dedd4bea2543", new Uri("http://127.0.0.1:5080/"));

    private static readonly StoryboardDocument Storyboard = new()
    {
        Duration = 60.1,
        Interval = 5,
        TileWidth = 320,
        TileHeight = 180,
        Columns = 5,
        Rows = 4,
        Format = PictureFormat.Jpeg,
        Sheets = [new StoryboardSheet(1600, 540, 90_112)],
        Tiles = [.. Enumerable.Range(0, 13).Select(i => new StoryboardTile(i * 5, i * 5))],
    };

    private static readonly JobResponse Queued = new()
    {
        Id = JobId.Parse("7zpbgm5v1k6j3c0w8t2x4n9qra"),
        Status = JobStatus.Queued,
        VideoKey = Video,
        CreatedAt = Created,
        Frames =
        [
            new FrameResponse
            {
                RequestedPosition = FramePosition.Parse("00:08"),
                OutputName = OutputName.Parse("sample.png"),
                Key = ObjectKeys.Thumbnail(OutputName.Parse("sample.png")),
            },
        ],
        Storyboard = new StoryboardResponse { Name = StoryboardName.Parse("sample"), Interval = 5, TileWidth = 320, Columns = 5, Rows = 4, Sheets = [] },
        Preview = new PreviewResponse { OutputName = PreviewName.Parse("sample.webp"), Key = ObjectKeys.Preview(PreviewName.Parse("sample.webp")), SegmentStarts = [] },
    };

    private static readonly JobResponse Succeeded = Queued with
    {
        Status = JobStatus.Succeeded,
        StartedAt = Created.AddMilliseconds(12),
        FinishedAt = Created.AddMilliseconds(320),
        Frames =
        [
            Queued.Frames[0] with
            {
                Position = 8.008,
                Width = 1280,
                Height = 720,
                SizeBytes = 183_068,
                Url = new Uri($"{Base}thumbnails/sample.png?expires=1795424400&signature=Zm9yIGV4YW1wbGU"),
                UrlExpiresAt = Created.AddHours(1),
            },
        ],
        Storyboard = Queued.Storyboard! with
        {
            Duration = Storyboard.Duration,
            TileHeight = Storyboard.TileHeight,
            Tiles = Storyboard.Tiles.Count,
            FailedTiles = 0,
            Sheets =
            [
                new SheetResponse
                {
                    Key = ObjectKeys.StoryboardSheet(StoryboardName.Parse("sample"), 0, PictureFormat.Jpeg),
                    Url = new Uri($"{Base}thumbnails/sample/0.jpg?expires=1795424400&signature=Zm9yIGV4YW1wbGU"),
                    Width = 1600,
                    Height = 540,
                    SizeBytes = 90_112,
                },
            ],
            UrlExpiresAt = Created.AddHours(1),
            Urls = StoryboardUrls.Of(Folder),
            HlsImageStream = HlsPlaylist.MasterLine(SheetGrid.Of(Storyboard), StoryboardUrls.Of(Folder).Hls),
        },
        Preview = Queued.Preview! with
        {
            Width = 320,
            Height = 180,
            SizeBytes = 98_304,
            Duration = 3,
            FrameCount = 36,
            SegmentStarts = [0],
            Url = new Uri($"{Base}thumbnails/sample.webp?expires=1795424400&signature=Zm9yIGV4YW1wbGU"),
            UrlExpiresAt = Created.AddHours(1),
        },
        Video = new VideoInfo(60.1, 1280, 720, "h264", 30, 0),
        Timings = new JobTimings { QueuedMs = 12, StartMs = 0, ProbeMs = 60, ExtractMs = 240, UploadMs = 8 },
    };

    private static readonly UploadResponse Upload = new()
    {
        VideoKey = Video,
        JobId = JobId.Parse("7zpbgm5v1m2d8e4k0s6y3f7h9w"),
        Method = "PUT",
        Url = new Uri($"{Base}{Video}?length={Sample.Content.Length}&type=video%2Fmp4&expires=1795424400&signature=Zm9yIGV4YW1wbGU"),
        Headers = new Dictionary<string, string> { ["Content-Type"] = "video/mp4", ["If-None-Match"] = "*" },
        ExpiresAt = Created.AddHours(1),
    };

    private static readonly UploadResponse UploadInParts = new()
    {
        VideoKey = Video,
        Method = "PUT",
        Headers = new Dictionary<string, string>(),
        ExpiresAt = Created.AddHours(1),
        UploadId = UploadId.Of(new UploadToken(new MultipartUpload(Video, "video/mp4", 100L << 20, 64L << 20), "1"), [0]),
        PartSize = 64L << 20,
        Parts =
        [
            new UploadPart { Number = 1, ETag = "\"9b2cf535f27731c974343645a3985328\"" },
            new UploadPart { Number = 2, Url = new Uri($"{Base}{Video}?part=2&expires=1795424400&signature=Zm9yIGV4YW1wbGU") },
        ],
    };

    private static readonly HealthResponse Ready = new()
    {
        Status = "ok",
        Checks = new Dictionary<string, string> { ["storage"] = "ok", ["runner"] = "ok" },
    };

    private static readonly HealthResponse NotReady = new()
    {
        Status = "unavailable",
        Checks = new Dictionary<string, string> { ["storage"] = "The bucket cannot be reached.", ["runner"] = "ok" },
    };

    private static readonly DeliveryState Delivered = DeliveryState.Unsent(new Uri("https://example.com/hooks/thumbnails")) with
    {
        Status = DeliveryStatus.Delivered,
        Attempts = 1,
        LastAttemptAt = Created.AddSeconds(1),
        LastStatusCode = 204,
    };

    public static JsonNode? FinishedJob() => Node(Succeeded with { Webhook = Delivered }, ApiJson.Default.JobResponse);

    public static JsonNode? OfRequest(Type type) => type.Name switch
    {
        nameof(CreateUploadRequest) => JsonNode.Parse($$"""
            {
              "fileName": "sample.mp4",
              "contentType": "video/mp4",
              "sizeBytes": {{Sample.Content.Length}},
              "job": { "position": "00:08", "outputName": "sample.png" }
            }
            """),
        nameof(CompleteUploadRequest) => JsonNode.Parse("""{ "parts": [ { "number": 1, "eTag": "\"9b2cf535f27731c974343645a3985328\"" } ] }"""),
        nameof(CreateJobRequest) => JsonNode.Parse($$"""
            {
              "videoKey": "{{Video}}",
              "position": "00:08",
              "outputName": "sample.png",
              "storyboard": { "name": "sample", "interval": 5 },
              "preview": { "outputName": "sample.webp" }
            }
            """),
        _ => null,
    };

    public static JsonNode? OfResponse(string operation, string status) => (operation, status) switch
    {
        ("CreateUpload", "201") => Node(Upload, ApiJson.Default.UploadResponse),
        ("ResumeUpload", "200") => Node(UploadInParts, ApiJson.Default.UploadResponse),
        ("CompleteUpload", "200") => Node(new CompletedUploadResponse { VideoKey = Video }, ApiJson.Default.CompletedUploadResponse),
        ("CreateJob", "202") => Node(Queued, ApiJson.Default.JobResponse),
        ("CancelJob", "202") => Node(Queued with { Status = JobStatus.Canceled, FinishedAt = Created.AddSeconds(1) }, ApiJson.Default.JobResponse),
        ("RedeliverWebhook", "202") => Node(Succeeded with { Webhook = Delivered.Requested(Created.AddMinutes(5)) }, ApiJson.Default.JobResponse),
        ("CreateJob" or "GetJob", "200") => Node(Succeeded, ApiJson.Default.JobResponse),
        ("ListJobs", "200") => Node(new JobPage { Jobs = [Succeeded], NextCursor = $"{Succeeded.Id}" }, ApiJson.Default.JobPage),
        ("GetStoryboardJson", "200") => Node(VidstackTile.Of(Storyboard, Folder), ApiJson.Default.VidstackTileArray),
        ("GetStoryboardVtt", "200") => WebVtt.Write(Storyboard),
        ("GetStoryboardHls", "200") => HlsPlaylist.Write(SheetGrid.Of(Storyboard)),
        ("GetStoryboardDash", "200") => DashManifest.Write(SheetGrid.Of(Storyboard)),
        ("GetStoryboardAdaptationSet", "200") => DashManifest.WriteFragment(SheetGrid.Of(Storyboard), Folder),
        ("Liveness", "200") => Node(new HealthResponse { Status = "ok" }, ApiJson.Default.HealthResponse),
        ("Readiness", "200") => Node(Ready, ApiJson.Default.HealthResponse),
        ("Readiness", "503") => Node(NotReady, ApiJson.Default.HealthResponse),
        _ => null,
    };

    private static JsonNode? Node<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type);
}
