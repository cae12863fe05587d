using Thumbnails.TestKit;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Running;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Tests;

/// <summary>For a single frame, ffmpeg opens the video while ffprobe does. What it presumes about the video may be wrong.</summary>
public sealed class EarlyRunTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    // As presumed; with the video as the second stream; and not starting at 0.
    [InlineData("plain.mp4", "-c copy", 0)]
    [InlineData("second.mp4", "-f lavfi -i sine=d=12 -map 1:a -map 0:v -c:v copy -c:a aac", 1)]
    [InlineData("late.mkv", "-c copy -output_ts_offset 2", 1)]
    public async Task The_run_is_repeated_when_the_video_is_not_as_presumed(string name, string arguments, int repeated)
    {
        var source = await clips.NumberedAsync();
        var clip = await clips.GetAsync(name, $"-i {source} {arguments}");

        Assert.Equal(210, await NumberAsync(clip, "\"$FFMPEG\" \"$@\""));
        Assert.Equal(Environment.ProcessorCount > 1 ? 1 + repeated : 1, Directory.GetDirectories(_folder["runs"]).Length);
    }

    [Fact]
    public async Task The_run_is_repeated_when_ffmpeg_does_not_read_filters_from_standard_input()
    {
        var script = """
            case "$*" in *-filter_script*) echo "Unrecognized option 'filter_script:v'." >&2; exit 1;; esac
            "$FFMPEG" "$@"
            """;

        Assert.Equal(210, await NumberAsync(await clips.NumberedAsync(), script));
    }

    // The number of the frame at 7 s, made with an ffmpeg that is this shell script.
    private async Task<int> NumberAsync(string clip, string script)
    {
        Directory.CreateDirectory(_folder["runs"]);
        var ffmpeg = _folder.WriteScript("ffmpeg", $"PATH=/usr/bin:/bin\nFFMPEG={Pictures.Tools.Ffmpeg}\nmkdir \"{_folder["runs"]}/$$\"\n{script}");
        await using var source = VideoSource.OfFile(clip);
        var tools = new MediaTools(ffmpeg, Pictures.Tools.Ffprobe);
        var job = new VideoProcessor(tools, source, new FolderPictures(_folder.Path), null, new StepLog(TextWriter.Null, TimeProvider.System));
        var frames = (await job.RunAsync(new VideoRequests([Pictures.Request("7")]), CancellationToken.None)).Frames;
        Assert.Null(frames[0].Error);
        return NumberedClip.Read(_folder["picture.png"]);
    }
}
