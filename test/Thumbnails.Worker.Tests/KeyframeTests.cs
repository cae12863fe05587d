using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary><c>accuracy: keyframe</c>.</summary>
public sealed class KeyframeTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private const string X264 = "-c:v libx264 -preset ultrafast -g 50 -sc_threshold 0 -bf 2 -pix_fmt yuv420p";

    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData("numbered.mp4", X264)]
    [InlineData("numbered.mkv", X264)]
    [InlineData("numbered.ts", X264)]
    [InlineData("numbered.flv", X264)]
    [InlineData("plain.mkv", "-c:v libx264 -preset ultrafast -g 50 -sc_threshold 0 -bf 0 -pix_fmt yuv420p")]
    [InlineData("hevc.mp4", "-c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:scenecut=0:log-level=error -pix_fmt yuv420p")]
    [InlineData("vp8.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -g 50 -keyint_min 50 -b:v 2M")]
    [InlineData("numbered.avi", "-c:v mpeg4 -q:v 3 -g 50 -bf 0 -sc_threshold 1000000000")]
    public async Task Keyframe_accuracy_selects_the_last_keyframe_at_or_before_the_position(string name, string encode)
    {
        var clip = await clips.GetAsync(name, path => NumberedClip.CreateAsync(path, encode: encode));
        string[] positions = ["0", "1.6", "1.7", "5", "5.02", "99%"];
        var (_, frames) = await _pictures.MakeAsync(clip, [.. positions.Select((position, i) => Keyframe(position, $"{i}.png"))]);

        Assert.All(frames, frame => Assert.Equal((null, null), (frame.Error, frame.Adjustment)));
        Assert.Equal([0, 0, 50, 150, 150, 250], frames.Select(frame => NumberedClip.Read(_pictures[$"{frame.OutputName}"])));
        Assert.All(frames, frame => Assert.Equal(NumberedClip.Read(_pictures[$"{frame.OutputName}"]) / 30.0, frame.Position!.Value, 0.002));
    }

    [Theory]
    [InlineData("index-behind.mp4", "-metadata:s:v:0 rotate=90", "png")]
    [InlineData("index-before.mov", "-movflags +faststart", "jpg")]
    [InlineData("fragmented.mp4", "-movflags +frag_keyframe+empty_moov+default_base_moof", "webp")]
    public async Task Keyframes_that_are_made_together_are_the_same_as_one_by_one(string name, string mux, string format)
    {
        var clip = await clips.GetAsync(name, async path =>
        {
            await Ffmpeg.RunAsync($"-i {await clips.NumberedAsync()} -f lavfi -i sine=d=10 -map 0:v -map 1:a -c:v copy -c:a aac {mux}", path);
            return path;
        });
        var requests = Enumerable.Range(0, 6).Select(i => Keyframe($"{1.6 * i}", $"{i}.{format}") with { Width = 200 }).ToArray();
        var together = await _pictures.MakeAsync(clip, requests);

        foreach (var (request, frame) in requests.Zip(together.Frames))
        {
            var content = File.ReadAllBytes(_pictures[$"{request.OutputName}"]);
            var alone = await _pictures.MakeAsync(clip, request);
            Assert.Equal(alone.Frames[0], frame);
            Assert.Equal(File.ReadAllBytes(_pictures[$"{request.OutputName}"]), content);
        }
    }

    [Fact]
    public async Task Keyframe_accuracy_falls_back_to_the_exact_frame()
    {
        var whole = await clips.NumberedAsync();
        // The first keyframe lies before the part of the video that the edit list shows.
        var clip = await clips.GetAsync("cut.mp4", async path =>
        {
            await Ffmpeg.RunAsync($"-ss 1.3 -i {whole} -c copy", path);
            return path;
        });
        var (_, frames) = await _pictures.MakeAsync(clip, Keyframe("0.2", "before.png"), Keyframe("2", "after.png"));

        Assert.All(frames, frame => Assert.Null(frame.Error));
        Assert.Equal((FrameAdjustment.NoKeyframe, 45), (frames[0].Adjustment, NumberedClip.Read(_pictures["before.png"])));
        Assert.Equal((null, 50), (frames[1].Adjustment, NumberedClip.Read(_pictures["after.png"])));
    }

    [Fact]
    public async Task A_damaged_keyframe_is_not_replaced_by_an_earlier_one()
    {
        var whole = await clips.GetAsync("numbered.mp4", path => NumberedClip.CreateAsync(path, encode: X264));
        var bytes = await File.ReadAllBytesAsync(whole);
        bytes.AsSpan(bytes.Length * 3 / 4, bytes.Length / 8).Clear();
        var clip = _pictures["damaged.mp4"];
        await File.WriteAllBytesAsync(clip, bytes);
        // One by one, because their qualities differ; repeatedly, because ffmpeg decodes and reports in different threads.
        FrameRequest[] requests = [.. Enumerable.Range(1, 12).Select(i => Keyframe("8.6", $"{i}.png") with { Quality = i })];
        var (_, frames) = await _pictures.MakeAsync(clip, requests);

        Assert.All(frames, frame => Assert.Equal(JobErrorCode.VideoUnreadable, frame.Error?.Code));
    }

    [Fact]
    public async Task Keyframe_accuracy_rejects_a_position_past_the_end()
    {
        var (_, frames) = await _pictures.MakeAsync(
            await clips.NumberedAsync(), Keyframe("11", "a.png"), Keyframe("11", "b.png") with { OutOfRange = OutOfRange.Clamp });

        Assert.Equal(JobErrorCode.PositionOutOfRange, frames[0].Error?.Code);
        Assert.Equal(FrameAdjustment.Clamped, frames[1].Adjustment);
    }

    private static FrameRequest Keyframe(string position, string name) => Pictures.Request(position, name) with { Accuracy = Accuracy.Keyframe };
}
