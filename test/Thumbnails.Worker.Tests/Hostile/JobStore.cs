using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Workers;
using Thumbnails.TestKit;
using Thumbnails.Worker.Running;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>A file store with one video, and jobs for it.</summary>
internal sealed class JobStore : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FileObjectStore _store;
    private readonly ObjectKey _video;

    public JobStore(string fileName = "video.mp4")
    {
        _store = new FileObjectStore(_folder.Path, TimeProvider.System);
        _video = ObjectKeys.Video(JobId.New(TimeProvider.System), fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(Video)!);
    }

    public string Root => _folder.Path;

    /// <summary>The path of the video.</summary>
    public string Video => _folder[_video.ToString()];

    /// <summary>Returns the path of a file in the video's folder.</summary>
    public string Beside(string name) => Path.Combine(Path.GetDirectoryName(Video)!, name);

    /// <summary>Runs a job in this process.</summary>
    public Task<JobResult> RunAsync(params IEnumerable<string> positions) => RunAsync(Job(300, positions));

    /// <summary>Runs a job with a storyboard in this process.</summary>
    public Task<JobResult> RunAsync(StoryboardRequest storyboard, params IEnumerable<string> positions) =>
        RunAsync(Job(300, positions) with { Storyboard = storyboard });

    /// <summary>Runs a job with a preview in this process.</summary>
    public Task<JobResult> RunAsync(PreviewRequest preview, params IEnumerable<string> positions) =>
        RunAsync(Job(300, positions) with { Preview = preview });

    private async Task<JobResult> RunAsync(Job job)
    {
        var run = new JobExecutor(Pictures.Tools, new StepLog(TextWriter.Null, TimeProvider.System), TimeProvider.System);
        return await run.RunAsync(job, WorkerStore.Open(new StoreLocation.Folder(Root), TimeProvider.System), CancellationToken.None);
    }

    /// <summary>Stores a job for the worker program.</summary>
    public async Task<JobId> AddAsync(int timeoutSeconds, params IEnumerable<string> positions)
    {
        var job = Job(timeoutSeconds, positions);
        await _store.PutJsonAsync(ObjectKeys.Job(job.Id), job, CoreJson.Default.Job, PutCondition.IfAbsent, default);
        return job.Id;
    }

    public Task<JobResult?> ResultAsync(JobId job) => _store.GetJsonAsync(ObjectKeys.Result(job), CoreJson.Default.JobResult, default);

    /// <summary>The pictures in the store.</summary>
    public IReadOnlyList<string> Thumbnails() =>
        Directory.Exists(_folder["thumbnails"]) ? Directory.GetFiles(_folder["thumbnails"], "*", SearchOption.AllDirectories) : [];

    public void RemoveThumbnails()
    {
        foreach (var picture in Thumbnails())
            File.Delete(picture);
    }

    /// <summary>
    /// The processes that use this store: those with open files in it, or with its path in their command line.
    /// </summary>
    public IReadOnlyList<string> Programs() => RunningPrograms.About(Root);

    public void Dispose() => _folder.Dispose();

    private Job Job(int timeoutSeconds, IEnumerable<string> positions) => new()
    {
        Id = JobId.New(TimeProvider.System),
        VideoKey = _video,
        Frames = [.. positions.Select((position, i) => Pictures.Request(position, $"{i}.png"))],
        CreatedAt = DateTimeOffset.UtcNow,
        TimeoutSeconds = timeoutSeconds,
    };
}
