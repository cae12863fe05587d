using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>The picture is the frame that a player shows at the requested position.</summary>
public sealed class FramePositionTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("8", 240, 8)]
    [InlineData("8.0", 240, 8)]
    [InlineData("8.5", 255, 8.5)]
    [InlineData("00:08", 240, 8)]
    [InlineData("0:00:08.250", 247, 8.233333)]
    [InlineData("50%", 150, 5)]
    [InlineData("0%", 0, 0)]
    [InlineData("100%", 299, 9.966667)]
    // At a frame's own time, and one microsecond before and after it.
    [InlineData("4.933333", 148, 4.933333)]
    [InlineData("4.933332", 147, 4.9)]
    [InlineData("4.933334", 148, 4.933333)]
    // Just before and at a keyframe; the last frame; the exact end.
    [InlineData("4.999999", 149, 4.966667)]
    [InlineData("5", 150, 5)]
    [InlineData("9.966667", 299, 9.966667)]
    [InlineData("9.99", 299, 9.966667)]
    [InlineData("10", 299, 9.966667)]
    public async Task Every_position_format_selects_the_frame_on_screen(string position, int number, double time)
    {
        var frame = await _pictures.MakeAsync(await clips.NumberedAsync(), position);

        Assert.Equal(number, NumberedClip.Read(_pictures["picture.png"]));
        Assert.Equal(time, frame.Position);
        Assert.Equal((NumberedClip.Width, NumberedClip.Height), (frame.Width, frame.Height));
        Assert.Equal(new FileInfo(_pictures["picture.png"]).Length, frame.SizeBytes);
    }

    [Fact]
    public async Task The_reported_position_selects_the_same_frame()
    {
        var clip = await clips.GetAsync("film.mp4", path => NumberedClip.CreateAsync(path, 100, "24000/1001"));
        foreach (var position in new[] { "1", "2.02", "3.999" })
        {
            var first = await _pictures.MakeAsync(clip, position);
            var number = NumberedClip.Read(_pictures["picture.png"]);
            await _pictures.MakeAsync(clip, FormattableString.Invariant($"{first.Position}"));

            Assert.Equal((int)(double.Parse(position, CultureInfo.InvariantCulture) * 24000 / 1001), number);
            Assert.Equal(number, NumberedClip.Read(_pictures["picture.png"]));
        }
    }

    [Fact]
    public async Task Ten_frames_of_one_job_are_right_and_in_request_order()
    {
        string[] positions = ["9.5", "00:01", "50%", "0", "7.77", "3", "10%", "0:00:02.5", "99%", "6.1"];
        int[] numbers = [285, 30, 150, 0, 233, 90, 30, 75, 297, 183];
        var requests = positions.Select((position, i) => Pictures.Request(position, $"{i}.png")).ToArray();
        var (video, frames) = await _pictures.MakeAsync(await clips.NumberedAsync(), requests);

        Assert.Equal(new VideoInfo(10, NumberedClip.Width, NumberedClip.Height, "h264", 30, 0), video);
        for (var i = 0; i < numbers.Length; i++)
        {
            Assert.Equal($"{i}.png", frames[i].OutputName.ToString());
            Assert.Equal(numbers[i], NumberedClip.Read(_pictures[$"{i}.png"]));
        }
    }

    [Fact]
    public async Task A_position_past_the_end_fails_and_reports_the_duration()
    {
        var (_, frames) = await _pictures.MakeAsync(await clips.NumberedAsync(), Pictures.Request("10.001"));

        Assert.Equal(new JobError(JobErrorCode.PositionOutOfRange, "The position is past the end of the video (10 s). Use outOfRange=clamp to get the last frame."), frames[0].Error);
        Assert.False(File.Exists(_pictures["picture.png"]));
    }

    [Fact]
    public async Task A_clamped_position_past_the_end_selects_the_last_frame()
    {
        var (_, frames) = await _pictures.MakeAsync(
            await clips.NumberedAsync(), Pictures.Request("1:00:00") with { OutOfRange = OutOfRange.Clamp });

        Assert.Equal(299, NumberedClip.Read(_pictures["picture.png"]));
        Assert.Equal(9.966667, frames[0].Position);
    }

    [Fact]
    public async Task A_failed_frame_does_not_affect_the_others()
    {
        var (_, frames) = await _pictures.MakeAsync(
            await clips.NumberedAsync(), Pictures.Request("1", "a.png"), Pictures.Request("11", "b.png"), Pictures.Request("2", "c.png"));

        Assert.Equal([null, JobErrorCode.PositionOutOfRange, null], frames.Select(frame => frame.Error?.Code));
        Assert.Equal(30, NumberedClip.Read(_pictures["a.png"]));
        Assert.Equal(60, NumberedClip.Read(_pictures["c.png"]));
    }

    [Fact]
    public async Task An_existing_picture_is_replaced_or_kept_as_requested()
    {
        var clip = await clips.NumberedAsync();
        await _pictures.MakeAsync(clip, "1");
        var (_, frames) = await _pictures.MakeAsync(clip, Pictures.Request("2") with { IfExists = IfExists.Fail });
        Assert.Equal(JobErrorCode.OutputExists, frames[0].Error?.Code);
        Assert.Equal(30, NumberedClip.Read(_pictures["picture.png"]));

        await _pictures.MakeAsync(clip, "2");
        Assert.Equal(60, NumberedClip.Read(_pictures["picture.png"]));
    }

    [Theory]
    [InlineData("fragmented.mp4", "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p -movflags +frag_keyframe+empty_moov")]
    [InlineData("late.mp4", "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p -output_ts_offset 3")]
    [InlineData("stream.ts", "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p")]
    [InlineData("film.mkv", "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p")]
    [InlineData("web.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -g 50 -b:v 2M")]
    [InlineData("flash.flv", "-c:v flv1 -g 50 -q:v 3")]
    [InlineData("old.avi", "-c:v mpeg4 -g 50 -q:v 3")]
    [InlineData("reordered.avi", "-c:v mpeg4 -g 50 -q:v 3 -bf 2")]
    [InlineData("dvd.mpg", "-c:v mpeg2video -g 15 -bf 2 -q:v 3")]
    [InlineData("edit.mov", "-c:v prores_ks -profile:v 0")]
    [InlineData("windows.wmv", "-c:v wmv2 -g 50 -q:v 3")]
    [InlineData("free.ogv", "-c:v libtheora -g 50 -q:v 6")]
    [InlineData("station.mxf", "-c:v mpeg2video -g 15 -bf 2 -q:v 3")]
    [InlineData("loop.gif", "-vf format=gray")]
    // Here ffprobe does not know when the video begins.
    [InlineData("reordered.nut", "-c:v mpeg2video -g 15 -bf 2 -q:v 3")]
    [InlineData("reordered.asf", "-c:v mpeg4 -g 50 -q:v 3 -bf 2")]
    [InlineData("camera.mpg", "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p")]
    [InlineData("raw.m1v", "-c:v mpeg1video -g 15 -bf 2 -q:v 3")]
    public async Task Every_container_returns_the_same_frames(string name, string encode)
    {
        var clip = await clips.GetAsync(name, path => NumberedClip.CreateAsync(path, 200, "25", encode));
        int[] numbers = [0, 49, 50, 124, 199];
        var requests = numbers.Select(number => Pictures.Request((number / 25.0 + 0.01).ToString(CultureInfo.InvariantCulture), $"{number}.png"));
        var (_, frames) = await _pictures.MakeAsync(clip, [.. requests]);
        foreach (var (number, frame) in numbers.Zip(frames))
        {
            Assert.Equal(number, NumberedClip.Read(_pictures[$"{number}.png"]));
            Assert.Equal(number / 25.0, frame.Position!.Value, 0.0005);
        }
    }

    // ffmpeg seeks past the first keyframe, and decodes the next frame without it.
    [Fact]
    public async Task The_second_frame_of_an_AVI_depends_on_the_first()
    {
        var clip = await clips.GetAsync("reordered.avi", path => NumberedClip.CreateAsync(path, 200, "25", "-c:v mpeg4 -g 50 -q:v 3 -bf 2"));

        Assert.Equal([0, 1, 2], await _pictures.NumbersAtAsync(clip, "0.03", "0.052", "0.09"));
    }

    // AVI has no presentation times, and the copy has decoding times in their place.
    [Fact]
    public async Task MPEG_4_that_was_copied_from_AVI_shows_the_same_frames_after_a_seek()
    {
        var clip = await clips.GetAsync("copied.mp4", async path =>
        {
            await Ffmpeg.RunAsync("-i", await clips.GetAsync("reordered.avi", avi => NumberedClip.CreateAsync(avi, 200, "25", "-c:v mpeg4 -g 50 -q:v 3 -bf 2")), "-c", "copy", path);
            return path;
        });

        Assert.Equal([48, 49, 50, 51], await _pictures.NumbersAtAsync(clip, "1.97", "2.01", "2.05", "2.09"));
    }

    // In MPEG-PS only every third frame has a timestamp: ffmpeg guesses that of the first frame after a seek, incorrectly, and
    // gives frame 180 an earlier one.
    [Fact]
    public async Task Guessed_timestamps_are_not_trusted()
    {
        var clip = await clips.GetAsync("guess.mpg", path => NumberedClip.CreateAsync(path, 200, "25", "-c:v mpeg2video -q:v 3 -g 12 -bf 2"));

        Assert.Equal([83, 95, 179, 180, 181], await _pictures.NumbersAtAsync(clip, "3.336", "3.832", "7.19", "7.21", "7.25"));
    }

    [Fact]
    public async Task Timestamps_that_restart_are_reported()
    {
        var clip = await clips.GetAsync("again.ts", async path =>
        {
            await NumberedClip.CreateAsync(path, 50, "25", "-c:v mpeg2video -q:v 3");
            var once = await File.ReadAllBytesAsync(path);
            await File.WriteAllBytesAsync(path, [.. once, .. once]);
            return path;
        });
        var (_, frames) = await _pictures.MakeAsync(clip, Pictures.Request("3"));

        Assert.Equal(JobErrorCode.PositionOutOfRange, frames[0].Error?.Code);
        Assert.Contains("its times begin again", frames[0].Error!.Message, StringComparison.Ordinal);
    }
}
