using System.Globalization;
using CliWrap;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Clips whose timestamps do not start at zero or are not evenly spaced.</summary>
public sealed class TimingTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private const string X264 = "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p";

    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public async Task Frames_hidden_by_an_edit_list_are_skipped()
    {
        var whole = await clips.NumberedAsync();
        var cut = await clips.GetAsync("cut.mp4", path => RunAsync(path, "-ss 1.3 -i", whole, "-c copy"));

        Assert.Equal([39, 40, 100, 299], await _pictures.NumbersAtAsync(cut, "0", "0.04", "2.04", "100%"));
    }

    [Fact]
    public async Task With_a_variable_frame_rate_each_frame_lasts_until_the_next()
    {
        var clip = await clips.GetAsync("variable.mp4", async path =>
        {
            var constant = await clips.NumberedAsync();
            return await RunAsync(path, "-i", constant, "-vf select='eq(n,0)+eq(n,3)+eq(n,4)+eq(n,30)+eq(n,100)+eq(n,101)+eq(n,250)' -fps_mode vfr " + X264);
        });
        Assert.Equal(
            [0, 0, 3, 4, 4, 30, 30, 100, 101, 101, 250],
            await _pictures.NumbersAtAsync(clip, "0", "0.099", "0.1", "0.14", "0.99", "1", "3.3", "3.34", "3.4", "8.3", "8.34"));
    }

    // When decoding ends after a long frame, ffmpeg 5 gives the next one, which is still in the decoder, a time that is too early.
    [Fact]
    public async Task A_long_frame_in_MPEG_PS_lasts_until_the_next()
    {
        var clip = await clips.GetAsync("variable.mpg", async path =>
            await RunAsync(path, "-i", await clips.NumberedAsync(), "-vf select='eq(n,0)+eq(n,3)+eq(n,4)+eq(n,30)+eq(n,100)+eq(n,101)+eq(n,250)' -fps_mode vfr -c:v mpeg2video -q:v 3 -bf 0"));

        Assert.Equal([4, 30], await _pictures.NumbersAtAsync(clip, "0.5", "1"));
    }

    [Theory]
    [InlineData("open.mp4", "-c:v libx264 -preset fast -g 50 -bf 3 -pix_fmt yuv420p -x264-params open-gop=1:b-pyramid=normal")]
    [InlineData("long.mp4", "-c:v libx264 -preset ultrafast -g 9999 -bf 2 -pix_fmt yuv420p")]
    [InlineData("intra.mkv", "-c:v libx264 -preset ultrafast -g 1 -pix_fmt yuv420p")]
    [InlineData("hevc.mp4", "-c:v libx265 -preset ultrafast -x265-params keyint=50:log-level=error -pix_fmt yuv420p")]
    [InlineData("hevc.ts", "-c:v libx265 -preset ultrafast -x265-params keyint=50:log-level=error -pix_fmt yuv420p")]
    [InlineData("late.ts", "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p -output_ts_offset 1000")]
    [InlineData("big.ts", "-c:v libx264 -preset ultrafast -g 250 -bf 2 -pix_fmt yuv420p")]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 50 -b:v 2M")]
    [InlineData("refreshed.mp4", "-c:v libx264 -preset ultrafast -g 50 -bf 0 -pix_fmt yuv420p -x264-params intra-refresh=1")]
    [InlineData("plain.avi", "-c:v mjpeg -q:v 3 -pix_fmt yuvj420p")]
    public async Task Every_frame_can_be_extracted_in_every_encoding(string name, string encode)
    {
        var clip = await clips.GetAsync(name, path => NumberedClip.CreateAsync(path, 120, "25", encode));
        int[] numbers = [0, 49, 50, 51, 119];
        Assert.Equal(numbers, await _pictures.NumbersAtAsync(clip, numbers.Select(number => (number / 25.0 + 0.005).ToString(CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("recorded.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -g 50 -b:v 2M", "webm")]
    [InlineData("recorded.mkv", X264, "matroska")]
    [InlineData("recorded.mp4", X264 + " -movflags frag_keyframe+empty_moov+default_base_moof", "mp4")]
    [InlineData("recorded.flv", "-c:v flv1 -g 50 -q:v 3", "flv")]
    [InlineData("recorded.h264", X264, "h264")]
    public async Task A_recording_without_duration_or_index_can_be_read(string name, string encode, string format)
    {
        // Written to a pipe, as browsers record, so the header cannot be completed at the end.
        var clip = await clips.GetAsync(name, async path =>
        {
            var source = await clips.GetAsync(name + ".src.mkv", source => NumberedClip.CreateAsync(source, 120, "25", encode.Split(" -movflags")[0]));
            await using var file = File.Create(path);
            await Cli.Wrap("ffmpeg")
                .WithArguments(["-v", "error", "-i", source, "-c", "copy", .. (encode.Contains("-movflags", StringComparison.Ordinal) ? ["-movflags", encode.Split("-movflags ")[1]] : Array.Empty<string>()), "-f", format, "-"])
                .WithStandardOutputPipe(PipeTarget.ToStream(file)).ExecuteAsync();
            return path;
        });
        var numbers = await _pictures.NumbersAtAsync(clip, "0", "3.01", "100%", "50%");
        Assert.Equal([0, 75, 119], numbers.Take(3));
        Assert.InRange(numbers[3], 59, 60);
        var (_, frames) = await _pictures.MakeAsync(clip, Pictures.Request("6"), Pictures.Request("6", "clamped.png") with { OutOfRange = OutOfRange.Clamp });
        Assert.Equal(JobErrorCode.PositionOutOfRange, frames[0].Error?.Code);
        Assert.Equal((null, FrameAdjustment.Clamped), (frames[1].Error, frames[1].Adjustment));
        Assert.Equal(119, NumberedClip.Read(_pictures["clamped.png"]));
    }

    [Fact]
    public async Task The_last_frame_is_shown_while_the_audio_continues()
    {
        var clip = await clips.GetAsync("sound.mp4", async path =>
            await RunAsync(path, "-i", await clips.NumberedAsync(), "-f lavfi -i sine=duration=15 -c:v copy -c:a aac"));
        var frame = await _pictures.MakeAsync(clip, "13");

        Assert.Equal((9.966667, FrameAdjustment.LastFrame), (frame.Position, frame.Adjustment));
        Assert.Equal(299, NumberedClip.Read(_pictures["picture.png"]));
    }

    [Fact]
    public async Task The_first_frame_is_shown_before_its_own_time()
    {
        var clip = await clips.GetAsync("later.mkv", async path =>
            await RunAsync(path, "-f lavfi -i sine=duration=15 -itsoffset 2 -i", await clips.NumberedAsync(), "-map 0 -map 1 -c:v copy -c:a aac"));
        var frame = await _pictures.MakeAsync(clip, "0.5");

        Assert.Equal(FrameAdjustment.FirstFrame, frame.Adjustment);
        Assert.Equal(0, NumberedClip.Read(_pictures["picture.png"]));
        Assert.Equal([30], await _pictures.NumbersAtAsync(clip, "3.04"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100%")]
    [InlineData("50%")]
    [InlineData("auto")]
    public async Task A_clip_with_one_frame_returns_that_frame(string position)
    {
        var clip = await clips.GetAsync("one.mp4", path => NumberedClip.CreateAsync(path, 1));

        Assert.Equal([0], await _pictures.NumbersAtAsync(clip, position));
    }

    private static async Task<string> RunAsync(string path, string before, string input, string after)
    {
        await Ffmpeg.RunAsync(before, [input, .. after.Split(' '), path]);
        return path;
    }
}
