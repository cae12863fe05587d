using System.Text;
using Thumbnails.Api.Storyboards;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests;

/// <summary>A stored job with a storyboard and a preview, made without running a worker.</summary>
internal sealed record StoryboardSeed(JobId Id, string Token)
{
    public string Folder => $"/view/{Token}/";

    public static async Task<StoryboardSeed> PutAsync(Service service, int sheets, string name = "a b/c")
    {
        var store = service.Get<IObjectStore>();
        var job = new Job
        {
            Id = JobId.New(TimeProvider.System),
            VideoKey = ObjectKey.Parse("videos/a/b.mp4"),
            Frames = [],
            Storyboard = new StoryboardRequest { Name = StoryboardName.Parse(name), Columns = 2, Rows = 1 },
            Preview = new PreviewRequest { OutputName = PreviewName.Parse("p.webp") },
            ViewSecret = ViewToken.NewSecret(),
            CreatedAt = DateTimeOffset.UtcNow,
            TimeoutSeconds = 60,
        };
        StoryboardSheet[] files = [.. Enumerable.Range(0, sheets).Select(_ => new StoryboardSheet(640, 180, 5))];
        var result = new JobResult
        {
            Status = JobStatus.Succeeded,
            FinishedAt = DateTimeOffset.UtcNow,
            Storyboard = new StoryboardResult { Interval = 10, Duration = 20 * sheets, TileWidth = 320, TileHeight = 180, Tiles = 2 * sheets, Sheets = files },
            Preview = new PreviewResult { Width = 320, Height = 180, SizeBytes = 7, Duration = 3, FrameCount = 36, SegmentStarts = [0] },
        };
        var document = new StoryboardDocument
        {
            Duration = 20 * sheets,
            Interval = 10,
            TileWidth = 320,
            TileHeight = 180,
            Columns = 2,
            Rows = 1,
            Format = PictureFormat.Jpeg,
            Sheets = files,
            Tiles = [.. Enumerable.Range(0, 2 * sheets).Select(i => new StoryboardTile(10 * i, 10 * i))],
        };
        await store.PutJsonAsync(ObjectKeys.Job(job.Id), job, CoreJson.Default.Job, PutCondition.IfAbsent, CancellationToken.None);
        await store.PutJsonAsync(ObjectKeys.Storyboard(job.Storyboard.Name), document, CoreJson.Default.StoryboardDocument, PutCondition.None, CancellationToken.None);
        await store.PutJsonAsync(ObjectKeys.Result(job.Id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, CancellationToken.None);
        for (var i = 0; i < sheets; i++)
        {
            using var content = new MemoryStream(Encoding.ASCII.GetBytes($"jpg {i}"));
            await store.PutAsync(ObjectKeys.StoryboardSheet(job.Storyboard.Name, i, PictureFormat.Jpeg), content, "image/jpeg", PutCondition.None, CancellationToken.None);
        }

        return new StoryboardSeed(job.Id, $"{new ViewToken(job.Id, job.ViewSecret)}");
    }
}
