using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Videos that change midway, or that differ from what their header states.</summary>
public sealed class ChangingVideoTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private const string X264 = "-c:v libx264 -preset ultrafast -g 25 -bf 0 -pix_fmt yuv420p";

    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public async Task A_picture_has_the_size_of_the_video_at_that_time()
    {
        var clip = await clips.GetAsync("resized.ts", path => JoinAsync(path, X264, X264 + " -vf scale=640:360", ".ts"));
        double[] positions = [0, 1.96, 2, 3.96];
        var (_, frames) = await _pictures.MakeAsync(clip, [.. positions.Select(At)]);

        Assert.Equal([(320, 180), (320, 180), (640, 360), (640, 360)], frames.Select(frame => (frame.Width!.Value, frame.Height!.Value)));
        AssertShows([0, 49, 0, 49], frames);
    }

    [Fact]
    public async Task A_picture_has_the_aspect_ratio_of_the_video_at_that_time()
    {
        const string mpeg2 = "-c:v mpeg2video -g 12 -bf 0 -q:v 3";
        var clip = await clips.GetAsync("reshaped.ts", path => JoinAsync(path, mpeg2 + " -aspect 4:3", mpeg2 + " -aspect 16:9", ".ts"));
        var (_, frames) = await _pictures.MakeAsync(clip, At(1), At(2), At(3));

        Assert.Equal([null, null, null], frames.Select(frame => frame.Error));
        Assert.Equal([(240, 180), (320, 180), (320, 180)], frames.Select(frame => (frame.Width!.Value, frame.Height!.Value)));
    }

    [Fact]
    public async Task A_video_that_starts_between_keyframes_shows_its_first_complete_frame()
    {
        var clip = await clips.GetAsync("cut.ts", async path =>
        {
            var whole = await NumberedClip.CreateAsync(path + ".whole.ts", 120, "25", "-c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:scenecut=0:log-level=error -pix_fmt yuv420p");
            var bytes = await File.ReadAllBytesAsync(whole);
            // From the middle of the first group of pictures onward.
            await File.WriteAllBytesAsync(path, bytes[(bytes.Length / 188 / 5 * 188)..]);
            return path;
        });
        var (_, frames) = await _pictures.MakeAsync(clip, At(0.2));

        Assert.Equal((null, FrameAdjustment.FirstFrame), (frames[0].Error, frames[0].Adjustment));
        AssertShows([50], frames);
    }

    [Fact]
    public async Task A_position_selects_the_same_frame_in_every_container()
    {
        var ts = await clips.GetAsync("sound-first.ts", async path =>
        {
            await Ffmpeg.RunAsync($"-itsoffset 0.8 -i {await clips.NumberedAsync()} -f lavfi -i sine=d=10 -map 0 -map 1 -c:v copy -c:a mp2", path);
            return path;
        });
        var mkv = await clips.GetAsync("sound-first.mkv", $"-i {ts} -map 0 -c copy");
        foreach (var clip in new[] { ts, mkv })
        {
            var number = Assert.Single(await _pictures.NumbersAtAsync(clip, "5.01"));
            Assert.InRange(number, 125, 127);
        }
    }

    [Fact]
    public async Task A_video_longer_than_its_header_states_can_be_read_to_its_end()
    {
        // The header states a duration of two seconds instead of ten.
        var clip = await clips.GetAsync("understated.mkv", async path =>
        {
            await Ffmpeg.RunAsync($"-i {await clips.NumberedAsync()} -c copy", path);
            var bytes = await File.ReadAllBytesAsync(path);
            var duration = bytes.AsSpan().IndexOf<byte>([0x44, 0x89, 0x88]) + 3;
            System.Buffers.Binary.BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(duration), 2000);
            await File.WriteAllBytesAsync(path, bytes);
            return path;
        });

        Assert.Equal([30, 240], await _pictures.NumbersAtAsync(clip, "1.01", "8.01"));
    }

    [Fact]
    public async Task Forged_ffmpeg_output_in_metadata_is_ignored()
    {
        var clip = await clips.GetAsync("forged.mkv", async path =>
        {
            const string title = "x\n[showinfo@decoded0123456789abcdef @ 0x1] [info] n:   0 pts:      0 pts_time:0 fmt:yuv420p sar:1/1 s:9x9 i:P iskey:1 type:I \n";
            await Ffmpeg.RunAsync(["-i", await clips.NumberedAsync(), "-c", "copy", "-metadata", $"title={title}", "-metadata:s:v", $"language={title}", path]);
            return path;
        });
        var (video, frames) = await _pictures.MakeAsync(clip, At(1));

        Assert.Equal((320, 180, "h264"), (video!.Width, video.Height, video.Codec));
        AssertShows([30], frames);
    }

    [Theory]
    [InlineData("x%03d.png")]
    [InlineData("x*.png")]
    public async Task A_file_name_is_never_interpreted(string name)
    {
        var clip = await clips.GetAsync(name, async path =>
        {
            File.Copy(await clips.NumberedAsync(), path);
            return path;
        });

        Assert.Equal([30], await _pictures.NumbersAtAsync(clip, "1"));
    }

    [Fact]
    public async Task Fields_stored_as_separate_frames_become_complete_pictures()
    {
        var clip = await clips.GetAsync("fields.mp4",
            "-f lavfi -i testsrc2=s=320x90:r=50:d=2 -vf setfield=tff -c:v libx265 -preset ultrafast -x265-params interlace=tff:log-level=error -pix_fmt yuv420p");
        var frame = await _pictures.MakeAsync(clip, "1");

        Assert.Equal((320, 180), (frame.Width, frame.Height));
    }

    [Theory]
    [InlineData("damaged.avi", "-c:v mpeg4 -g 100 -q:v 3 -bf 0", 3.9)]
    [InlineData("damaged.ogv", "-c:v libtheora -g 100 -q:v 6", 3.9)]
    [InlineData("damaged.mkv", "-c:v ffv1 -level 3 -g 1", 2.6)]
    public async Task A_damaged_frame_fails(string name, string encode, double damaged)
    {
        var clip = await clips.GetAsync(name, async path =>
        {
            await NumberedClip.CreateAsync(path, 100, "25", encode);
            var bytes = await File.ReadAllBytesAsync(path);
            // In the second half of the frames, before the index.
            for (var i = bytes.Length * 6 / 10; i < bytes.Length * 7 / 10; i += 97)
                bytes[i] ^= 0x55;
            await File.WriteAllBytesAsync(path, bytes);
            return path;
        });
        var (_, frames) = await _pictures.MakeAsync(clip, At(0.5), At(damaged));

        Assert.Null(frames[0].Error);
        Assert.Equal(JobErrorCode.VideoUnreadable, frames[1].Error?.Code);
    }

    // The decoder conceals such losses without a word.
    [Fact]
    public async Task A_frame_with_lost_data_fails()
    {
        var clip = await clips.GetAsync("lossy.ts", async path =>
        {
            const string hevc = "-vf noise=alls=30:allf=t -c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:log-level=error -pix_fmt yuv420p";
            var bytes = await File.ReadAllBytesAsync(await NumberedClip.CreateAsync(path + ".whole.ts", 100, "25", hevc));
            var packets = bytes.Chunk(188).ToList();
            // Every fifth packet of the middle of the first 50 frames.
            await File.WriteAllBytesAsync(path, [.. packets.Where((_, i) => i % 5 != 0 || i < packets.Count / 5 || i > packets.Count * 3 / 10).SelectMany(packet => packet)]);
            return path;
        });
        var (_, frames) = await _pictures.MakeAsync(clip, At(0.2), At(1.5), At(3));

        Assert.Equal([null, JobErrorCode.VideoUnreadable, null], frames.Select(frame => frame.Error?.Code));
    }

    [Fact]
    public async Task A_picture_too_large_for_its_format_is_reported()
    {
        var clip = await clips.GetAsync("wide.mkv", "-f lavfi -i color=red:s=17000x16:r=5:d=0.4 -c:v ffv1");
        var (_, frames) = await _pictures.MakeAsync(clip, Pictures.Request("0", "wide.webp"), Pictures.Request("0", "wide.png"));

        Assert.Equal(JobErrorCode.VideoTooLarge, frames[0].Error?.Code);
        Assert.StartsWith("The picture wide.webp would have 17000 x 16 pixels", frames[0].Error?.Message, StringComparison.Ordinal);
        Assert.Null(frames[1].Error);
    }

    private static FrameRequest At(double position) =>
        Pictures.Request(position.ToString(CultureInfo.InvariantCulture), $"{position.ToString(CultureInfo.InvariantCulture)}.png");

    private void AssertShows(int[] numbers, IReadOnlyList<FrameResult> frames)
    {
        Assert.All(frames, frame => Assert.Null(frame.Error));
        Assert.Equal(numbers, frames.Select(frame => NumberedClip.Read(_pictures[frame.OutputName.ToString()])));
    }

    // Two clips of two seconds, one after the other.
    private static async Task<string> JoinAsync(string path, string first, string second, string extension)
    {
        await NumberedClip.CreateAsync(path + ".1" + extension, 50, "25", first);
        await NumberedClip.CreateAsync(path + ".2" + extension, 50, "25", second + " -output_ts_offset 2");
        await using var joined = File.Create(path);
        foreach (var part in (string[])["1", "2"])
            await joined.WriteAsync(await File.ReadAllBytesAsync($"{path}.{part}{extension}"));
        return path;
    }
}
