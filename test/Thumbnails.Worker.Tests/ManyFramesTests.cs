using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Running;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Tests;

/// <summary>The resources that one job uses.</summary>
public sealed class ManyFramesTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_job_probes_once_and_runs_at_most_one_ffmpeg_per_core()
    {
        string[] positions = ["auto", "9.5", "auto", "00:01", "50%", "0", "7.77", "3", "10%", "100%", "auto", "2.5"];
        await MakeAsync(positions);

        Assert.InRange(Most("ffmpeg"), 1, Environment.ProcessorCount);
        Assert.Equal((1, 1), (Runs("ffprobe"), Most("ffprobe")));
        // One for each frame, and five samples shared by all positions that are "auto".
        Assert.InRange(Runs("ffmpeg"), positions.Length, positions.Length + 5);
    }

    [Fact]
    public async Task A_job_runs_ffprobe_once_and_ffmpeg_once_per_frame()
    {
        await MakeAsync("9.5", "0", "7.77");

        Assert.Equal((3, 1), (Runs("ffmpeg"), Runs("ffprobe")));
    }

    [Fact]
    public async Task Keyframes_are_made_by_one_ffmpeg_per_core()
    {
        var requests = Enumerable.Range(0, 10 * Environment.ProcessorCount)
            .Select(i => Pictures.Request($"{0.1 * i}", $"{i}.jpg") with { Accuracy = Accuracy.Keyframe });
        await MakeAsync([.. requests]);

        Assert.Equal((Environment.ProcessorCount, 1 + Environment.ProcessorCount), (Runs("ffmpeg"), Runs("ffprobe")));
    }

    private Task MakeAsync(params string[] positions) =>
        MakeAsync([.. positions.Select((position, i) => Pictures.Request(position, $"{i}.jpg"))]);

    private async Task MakeAsync(FrameRequest[] requests)
    {
        var tools = new MediaTools(Counting("ffmpeg", Pictures.Tools.Ffmpeg), Counting("ffprobe", Pictures.Tools.Ffprobe));
        await using var source = VideoSource.OfFile(await clips.NumberedAsync());
        var job = new VideoProcessor(tools, source, new FolderPictures(_folder["pictures"]), null, new StepLog(TextWriter.Null, TimeProvider.System));
        var frames = (await job.RunAsync(new VideoRequests(requests), CancellationToken.None)).Frames;

        Assert.All(frames, frame => Assert.Null(frame.Error));
    }

    // A wrapper that records how many instances run at each start, as folder names, because it cannot write files.
    private string Counting(string name, string program)
    {
        Directory.CreateDirectory(_folder[$"{name}.running"]);
        Directory.CreateDirectory(_folder[$"{name}.runs"]);
        return _folder.WriteScript(name, $"""
            PATH=/usr/local/bin:/usr/bin:/bin
            mkdir "{_folder[$"{name}.running"]}/$$"
            mkdir "{_folder[$"{name}.runs"]}/$(ls "{_folder[$"{name}.running"]}" | wc -l)-$$"
            {program} "$@"
            code=$?
            rmdir "{_folder[$"{name}.running"]}/$$"
            exit $code
            """);
    }

    private int Runs(string name) => Directory.GetDirectories(_folder[$"{name}.runs"]).Length;

    private int Most(string name) =>
        Directory.GetDirectories(_folder[$"{name}.runs"])
            .Max(run => int.Parse(Path.GetFileName(run).Split('-')[0], CultureInfo.InvariantCulture));
}
