using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.TestKit;

namespace Thumbnails.Benchmarks;

/// <summary>
/// The CPU time of whole jobs of the published worker on an hour of 1080p with keyframes 8 s apart: a storyboard of 100 tiles
/// against bare ffmpeg, and keyframes against exact frames.
/// </summary>
internal static class StoryboardBenchmark
{
    private const int Runs = 3;
    private static readonly ObjectKey Video = ObjectKeys.Video(JobId.New(TimeProvider.System), "clip.mp4");
    private static readonly string Ffmpeg = Environment.GetEnvironmentVariable("FFMPEG") is { Length: > 0 } path ? path : "ffmpeg";

    public static async Task RunAsync(string artifacts)
    {
        var clip = await Clips.SparseHourAsync();
        var worker = Path.Combine(artifacts, "worker", "Thumbnails.Worker");
        using var folder = new TempFolder();
        var store = new FileObjectStore(folder.Path, TimeProvider.System);
        await using (var content = File.OpenRead(clip))
            await store.PutAsync(Video, content, "video/mp4", PutCondition.None, null, default);
        var (job, bare, ratio) = (new Figures("storyboard of 100 tiles", "s"), new Figures("bare ffmpeg -skip_frame nokey … tile", "s"), new Figures("ratio", "x"));
        for (var run = -1; run < Runs; run++)
        {
            var a = await JobAsync(worker, folder.Path, new StoryboardRequest { Name = StoryboardName.Parse("board"), Interval = 36 }, []);
            var b = await CpuAsync(Ffmpeg, ["-v", "error", "-y", "-skip_frame", "nokey", "-i", clip, "-vf", "fps=1/36,scale=320:-2,tile=5x4", folder["%d.jpg"]]);
            if (run < 0)
                continue;
            job.Add(a);
            bare.Add(b);
            ratio.Add(a / b);
        }

        job.Print();
        bare.Print();
        ratio.Print();
        var decoding = new Figures("decoding the hour", "s");
        decoding.Add(await CpuAsync(Ffmpeg, ["-v", "error", "-i", clip, "-map", "0:v", "-f", "null", "-"]));
        decoding.Print();
        foreach (var accuracy in new[] { Accuracy.Keyframe, Accuracy.Exact })
        {
            var frames = new Figures($"100 frames, accuracy {accuracy}", "s");
            frames.Add(await JobAsync(worker, folder.Path, null, [.. Enumerable.Range(0, 100).Select(i => Frame(36 * i + 7.9, accuracy))]));
            frames.Print();
        }
    }

    private static FrameRequest Frame(double position, Accuracy accuracy) => new()
    {
        Position = FramePosition.At(TimeSpan.FromSeconds(position)),
        OutputName = OutputName.Parse(string.Create(CultureInfo.InvariantCulture, $"{position}.jpg")),
        Accuracy = accuracy,
        Width = 640,
    };

    private static async Task<double> JobAsync(string worker, string root, StoryboardRequest? storyboard, IReadOnlyList<FrameRequest> frames)
    {
        var store = new FileObjectStore(root, TimeProvider.System);
        var id = JobId.New(TimeProvider.System);
        var job = new Job
        {
            Id = id,
            VideoKey = Video,
            Frames = frames,
            Storyboard = storyboard,
            CreatedAt = DateTimeOffset.UtcNow,
            TimeoutSeconds = 900,
        };
        await store.PutJsonAsync(ObjectKeys.Job(id), job, CoreJson.Default.Job, PutCondition.None, default);
        var seconds = await CpuAsync(worker, [], ("JOB_ID", $"{id}"), ("STORAGE__ROOT", root));
        var result = await store.GetJsonAsync(ObjectKeys.Result(id), CoreJson.Default.JobResult, default);
        return result?.Status == JobStatus.Succeeded ? seconds : throw new InvalidOperationException($"The job failed: {result?.Error?.Message}");
    }

    // Of the program and all that it has started, as the shell counts it.
    private static async Task<double> CpuAsync(string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] variables)
    {
        var result = await Cli.Wrap("/bin/bash")
            .WithArguments(["-c", "TIMEFORMAT='%U %S'; time \"$@\" >/dev/null 2>&1", "bash", program, .. arguments])
            .WithEnvironmentVariables(variables.ToDictionary(variable => variable.Name, string? (variable) => variable.Value))
            .ExecuteBufferedAsync();
        return result.StandardError.Trim().Split(' ').Sum(text => double.Parse(text, CultureInfo.InvariantCulture));
    }
}
