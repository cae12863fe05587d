using Thumbnails.Core.Jobs;
using Thumbnails.Core.Workers;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>However a run of the worker ends, its outcome is reported and nothing is left behind.</summary>
public sealed class WorkerProgramTests
{
    // ECS allows 30 seconds between SIGTERM and SIGKILL.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_job_with_an_endless_video_ends_at_its_time_limit()
    {
        using var store = new JobStore("video.ts");
        using var video = await EndlessVideo.CreateAsync();
        await video.ServeFileAsync(store.Video);
        var (job, code) = await RunAsync(store, timeoutSeconds: 2, "10:00:00");

        Assert.Equal(0, code);
        Assert.Equal((JobStatus.Failed, JobErrorCode.TimedOut), await OutcomeAsync(store, job));
    }

    [Fact]
    public async Task A_stopped_worker_exits_without_a_result()
    {
        using var store = new JobStore("video.ts");
        using var video = await EndlessVideo.CreateAsync();
        await video.ServeFileAsync(store.Video);
        var job = await store.AddAsync(900, "10:00:00");
        using var worker = new WorkerProgram(("JOB_ID", $"{job}"), ("STORAGE__ROOT", store.Root));
        await video.Asked.WaitAsync(RunLimit);
        worker.Terminate();

        Assert.Equal(WorkerContract.RunAgain, (await worker.EndAsync(StopLimit)).ExitCode);
        Assert.Null(await store.ResultAsync(job));
        Assert.Empty(worker.Scratch());
        Assert.Empty(store.Programs());
    }

    [Fact]
    public async Task A_worker_stops_while_ffmpeg_hangs_opening_the_video()
    {
        using var store = new JobStore();
        // Opening a named pipe blocks until a writer opens it.
        await CliWrap.Cli.Wrap("mkfifo").WithArguments(store.Video).ExecuteAsync();
        var job = await store.AddAsync(900, "1");
        using var worker = new WorkerProgram(("JOB_ID", $"{job}"), ("STORAGE__ROOT", store.Root));
        while (RunningPrograms.About($"/proc/{worker.Id}/fd/").Count == 0)
            await Task.Delay(10);
        worker.Terminate();

        Assert.Equal(WorkerContract.RunAgain, (await worker.EndAsync(StopLimit)).ExitCode);
        Assert.Null(await store.ResultAsync(job));
        Assert.Empty(store.Programs());
    }

    [Fact]
    public async Task An_endless_download_stops_on_SIGTERM_and_leaves_no_file()
    {
        using var pictures = new TempFolder();
        using var video = await EndlessVideo.CreateAsync();
        using var worker = ByHand(video.ServeHttp().AbsoluteUri, pictures.Path);
        while (worker.OpenScratch().Count == 0)
            await Task.Delay(10);
        // Nothing would be left behind even after SIGKILL.
        Assert.Empty(worker.Scratch());
        worker.Terminate();
        var (code, log) = await worker.EndAsync(StopLimit);

        Assert.Equal(WorkerContract.RunAgain, code);
        Assert.Contains("stopped before the job ended", log, StringComparison.Ordinal);
        Assert.Empty(worker.Scratch());
        Assert.Empty(Directory.GetFileSystemEntries(pictures.Path));
    }

    [Fact]
    public async Task A_killed_worker_leaves_no_ffmpeg_and_the_next_worker_removes_its_files()
    {
        using var store = new JobStore("video.ts");
        using var video = await EndlessVideo.CreateAsync();
        await video.ServeFileAsync(store.Video);
        var job = await store.AddAsync(900, "10:00:00");
        using (var worker = new WorkerProgram(("JOB_ID", $"{job}"), ("STORAGE__ROOT", store.Root)))
        {
            while (!RunningPrograms.About($"/proc/{worker.Id}/fd/").Any(line => line.Contains("showinfo", StringComparison.Ordinal)))
                await Task.Delay(10);
            worker.Kill();
            await worker.EndAsync(StopLimit);
            using var limit = new CancellationTokenSource(StopLimit);
            while (store.Programs().Count > 0)
                await Task.Delay(10, limit.Token);
            Assert.Empty(worker.Scratch());
        }

        var leftover = Path.Combine(store.Root, ".store", "tmp", "leftover");
        await File.WriteAllTextAsync(leftover, "half a picture");
        using var next = new WorkerProgram(("JOB_ID", $"{JobId.New(TimeProvider.System)}"), ("STORAGE__ROOT", store.Root));
        await next.EndAsync(RunLimit);
        Assert.False(File.Exists(leftover));
    }

    [Fact]
    public async Task A_broken_video_run_by_hand_is_reported_with_its_code()
    {
        using var store = new JobStore();
        await File.WriteAllBytesAsync(store.Video, HostileFiles.Hls("bait.ts"));
        using var worker = ByHand(store.Video, store.Beside("pictures"));
        var (code, log) = await worker.EndAsync(RunLimit);

        Assert.Equal(1, code);
        Assert.Contains("\"Code\":\"video_unreadable\"", log, StringComparison.Ordinal);
        Assert.Empty(worker.Scratch());
        Assert.False(Directory.Exists(store.Beside("pictures")));
    }

    private static WorkerProgram ByHand(string video, string pictures) => new(
        ("INPUT_VIDEO_FILE_URL", video), ("POSITION_TIME_DURATION", "00:08"), ("OUTPUT_THUMBS_FILE_NAME", "picture.png"),
        ("OUTPUT_S3_PATH", pictures), ("AWS_REGION", "eu-west-1"));

    private static async Task<(JobId Job, int ExitCode)> RunAsync(JobStore store, int timeoutSeconds, string position)
    {
        var job = await store.AddAsync(timeoutSeconds, position);
        using var worker = new WorkerProgram(("JOB_ID", $"{job}"), ("STORAGE__ROOT", store.Root));
        var (code, _) = await worker.EndAsync(RunLimit);
        Assert.Empty(worker.Scratch());
        Assert.Empty(store.Programs());
        return (job, code);
    }

    private static async Task<(JobStatus, JobErrorCode?)> OutcomeAsync(JobStore store, JobId job) =>
        await store.ResultAsync(job) is { } result ? (result.Status, result.Error?.Code) : throw new InvalidOperationException("no result");
}
