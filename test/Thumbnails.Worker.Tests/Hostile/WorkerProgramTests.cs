using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>However a run of the worker ends, its outcome is told, and nothing is left behind.</summary>
public sealed class WorkerProgramTests
{
    // What ECS leaves between SIGTERM and SIGKILL is 30 seconds.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan RunLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_job_of_a_video_that_never_ends_ends_by_its_time_limit()
    {
        using var store = new JobStore("video.ts");
        using var video = await EndlessVideo.CreateAsync();
        await video.ServeFileAsync(store.Video);
        var (job, code) = await RunAsync(store, timeoutSeconds: 2, "10:00:00");

        Assert.Equal(0, code);
        Assert.Equal((JobStatus.Failed, JobErrorCode.TimedOut), await OutcomeAsync(store, job));
    }

    [Theory]
    [InlineData(null, JobStatus.Canceled, null)]
    [InlineData("AWS_ECS_FARGATE", JobStatus.Failed, JobErrorCode.SpotInterrupted)]
    public async Task A_worker_that_is_told_to_stop_records_that_and_ends(string? machine, JobStatus status, JobErrorCode? code)
    {
        using var store = new JobStore("video.ts");
        using var video = await EndlessVideo.CreateAsync();
        await video.ServeFileAsync(store.Video);
        var job = await store.AddAsync(900, "10:00:00");
        using var worker = new WorkerProgram(("JOB_ID", $"{job}"), ("STORAGE__ROOT", store.Root), ("AWS_EXECUTION_ENV", machine ?? ""));
        await video.Asked.WaitAsync(RunLimit);
        worker.Terminate();

        Assert.Equal(0, (await worker.EndAsync(StopLimit)).ExitCode);
        Assert.Equal((status, code), await OutcomeAsync(store, job));
        Assert.Empty(worker.Scratch());
        Assert.Empty(store.Programs());
    }

    [Fact]
    public async Task A_worker_whose_ffmpeg_hangs_while_it_opens_the_video_stops_too()
    {
        using var store = new JobStore();
        // Opening it waits for a writer that never comes.
        await CliWrap.Cli.Wrap("mkfifo").WithArguments(store.Video).ExecuteAsync();
        var job = await store.AddAsync(900, "1");
        using var worker = new WorkerProgram(("JOB_ID", $"{job}"), ("STORAGE__ROOT", store.Root));
        while (RunningPrograms.About($"/proc/{worker.Id}/fd/").Count == 0)
            await Task.Delay(10);
        worker.Terminate();

        Assert.Equal(0, (await worker.EndAsync(StopLimit)).ExitCode);
        Assert.Equal((JobStatus.Canceled, null), await OutcomeAsync(store, job));
        Assert.Empty(store.Programs());
    }

    [Fact]
    public async Task A_download_that_never_ends_stops_when_told_and_leaves_no_file()
    {
        using var pictures = new TempFolder();
        using var video = await EndlessVideo.CreateAsync();
        using var worker = ByHand(video.ServeHttp().AbsoluteUri, pictures.Path);
        while (worker.Scratch().Count == 0)
            await Task.Delay(10);
        worker.Terminate();
        var (code, log) = await worker.EndAsync(StopLimit);

        Assert.Equal(1, code);
        Assert.Contains("stopped before the job was done", log, StringComparison.Ordinal);
        Assert.Empty(worker.Scratch());
        Assert.Empty(Directory.GetFileSystemEntries(pictures.Path));
    }

    [Fact]
    public async Task A_broken_video_by_hand_is_told_by_its_code()
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
