using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Api.Tests;

/// <summary>The list of jobs and its pages.</summary>
public sealed class JobListTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Service _service = new();

    public void Dispose() => _service.Dispose();

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

    // Follows the cursors to the end and checks that no page exceeds the limit.
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
}
