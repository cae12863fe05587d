using SkiaSharp;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;
using Thumbnails.Worker.Tests.Hostile;

namespace Thumbnails.Worker.Tests;

/// <summary>Short animations of numbered clips.</summary>
public sealed class PreviewTests(ClipLibrary clips) : IClassFixture<ClipLibrary>
{
    [Theory]
    [InlineData("p.webp")]
    [InlineData("p.gif")]
    public async Task A_preview_shows_the_frames_of_its_time_and_repeats(string name)
    {
        using var made = await RunAsync(await clips.NumberedAsync(), Request(name) with { Start = FramePosition.Parse("2"), Duration = 1, Fps = 10 });

        var preview = made.Result.Preview!;
        Assert.Equal((null, 320, 180, 10, 1.0), (preview.Error, preview.Width, preview.Height, preview.FrameCount, preview.Duration));
        Assert.Equal([2.0], preview.SegmentStarts);
        var (numbers, milliseconds, repeats) = made.Read(name);
        Assert.Equal([60, 63, 66, 69, 72, 75, 78, 81, 84, 87], numbers);
        Assert.Equal((1000, -1), (milliseconds, repeats));
        Assert.Equal(preview.SizeBytes, new FileInfo(made.Path(name)).Length);
    }

    [Theory]
    [InlineData("p.webp", "0", 3, 160, "0 30 100 130 200 230")]
    [InlineData("p.gif", "50%", 2, 320, "150 180 225 255")]
    public async Task Segments_are_spread_over_the_video(string name, string start, int segments, int width, string numbers)
    {
        using var made = await RunAsync(
            await clips.NumberedAsync(),
            Request(name) with { Start = FramePosition.Parse(start), Duration = 2 * segments, Segments = segments, Fps = 1, Width = width });

        Assert.Equal((width, segments), (made.Result.Preview!.Width, made.Result.Preview.SegmentStarts.Count));
        Assert.Equal(numbers, string.Join(' ', made.Read(name).Numbers));
    }

    [Fact]
    public async Task A_short_slow_and_small_video_makes_a_preview_of_its_own_length_rate_and_size()
    {
        var clip = await clips.GetAsync("short.mp4", path => NumberedClip.CreateAsync(path, 10, "5"));
        using var made = await RunAsync(clip, Request("p.webp") with { Start = FramePosition.Parse("1"), Width = 640, Fps = 30, Duration = 10 });

        var preview = made.Result.Preview!;
        Assert.Equal((null, 320, 5, 1.0), (preview.Error, preview.Width, preview.FrameCount, preview.Duration));
        Assert.Equal([5, 6, 7, 8, 9], made.Read("p.webp").Numbers);
    }

    [Fact]
    public async Task A_video_of_one_frame_makes_a_preview_of_one_frame()
    {
        using var made = await RunAsync(await clips.GetAsync("one.mp4", path => NumberedClip.CreateAsync(path, 1)), Request("p.gif"));

        Assert.Equal((null, 1), (made.Result.Error, made.Result.Preview!.FrameCount));
        Assert.Equal([0.0], made.Result.Preview.SegmentStarts);
    }

    [Theory]
    [InlineData("turned.mp4")]
    [InlineData("hdr.mp4")]
    public async Task A_preview_is_upright_with_square_pixels_and_the_colors_of_frames(string name)
    {
        var clip = await clips.GetAsync(name, async path =>
        {
            if (name == "hdr.mp4")
            {
                await Ffmpeg.RunAsync("-f lavfi -i testsrc2=s=160x180:r=5:d=0.6 -vf scale=out_color_matrix=bt2020:out_range=limited,setsar=2,format=yuv420p10le -c:v libx265 -x265-params log-level=error:colormatrix=bt2020nc:colorprim=bt2020:transfer=smpte2084", path);
                return path;
            }

            await Ffmpeg.RunAsync("-f lavfi -i testsrc2=s=320x180:r=5:d=0.6 -c:v libx264 -pix_fmt yuv420p", path + ".mp4");
            await Ffmpeg.RunAsync($"-i {path}.mp4 -c copy -metadata:s:v rotate=90", path);
            return path;
        });
        using var made = await RunAsync(clip, Request("p.webp"), "0");
        Assert.Null(made.Result.Error);

        var (frame, preview) = (Pixels.Read(made.Path("0.png")), Pixels.Read(made.Path("p.webp")));
        Assert.Equal((frame.Width, frame.Height), (preview.Width, preview.Height));
        Assert.InRange(frame.DifferenceTo(preview, block: 4), 0, 6);
    }

    // libwebp leaves out changes that it regards as too small to see. Where colors change slowly, they add up.
    [Fact]
    public async Task The_last_frame_of_a_preview_shows_nothing_of_earlier_ones()
    {
        var clip = await clips.GetAsync("drift.mp4", "-f lavfi -i gradients=s=1280x720:r=12:d=4:n=5:seed=7:speed=0.024:c0=0x12264a:c1=0x1f6f8b:c2=0x9ad7c9:c3=0xf4b266:c4=0xe76f6a:x0=0:y0=0:x1=1280:y1=720,format=yuv420p -c:v libx264 -crf 30");
        using var whole = await RunAsync(clip, Request("p.webp") with { Duration = 4 });
        using var alone = await RunAsync(clip, Request("p.webp") with { Start = FramePosition.Parse("3.91"), Duration = 0.1 });

        Assert.InRange(LargestDifference(whole.LastFrame("p.webp"), alone.LastFrame("p.webp")), 0, 20);
    }

    [Fact]
    public async Task A_start_past_the_end_is_out_of_range_and_too_many_pixels_are_too_large()
    {
        using var made = await RunAsync(await clips.NumberedAsync(), Request("p.webp") with { Start = FramePosition.Parse("10") });
        Assert.Equal((JobStatus.Failed, JobErrorCode.PositionOutOfRange), (made.Result.Status, made.Result.Preview?.Error?.Code));
        Assert.Equal("The start of the preview is past the end of the video (10 s). Use an earlier start.", made.Result.Error?.Message);

        var large = await clips.GetAsync("large.mp4", "-f lavfi -i color=s=1920x1080:r=30:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
        using var second = await RunAsync(large, Request("p.gif") with { Width = 1920, Fps = 30 });
        Assert.Equal(JobErrorCode.VideoTooLarge, second.Result.Preview?.Error?.Code);
    }

    /// <summary>The largest mean difference of a square of 10 pixels, in green.</summary>
    private static double LargestDifference(Pixels one, Pixels other) =>
        (from y in Enumerable.Range(0, one.Height / 10)
         from x in Enumerable.Range(0, one.Width / 10)
         select Enumerable.Range(0, 100).Average(i => (double)Math.Abs(one[x * 10 + i % 10, y * 10 + i / 10].G - other[x * 10 + i % 10, y * 10 + i / 10].G))).Max();

    private static PreviewRequest Request(string name) => new() { OutputName = PreviewName.Parse(name) };

    private static async Task<Made> RunAsync(string clip, PreviewRequest request, params string[] positions)
    {
        var store = new JobStore(Path.GetFileName(clip));
        File.Copy(clip, store.Video);
        return new Made(store, await store.RunAsync(request, positions));
    }

    private sealed class Made(JobStore store, JobResult result) : IDisposable
    {
        public JobResult Result => result;

        public string Path(string name) => System.IO.Path.Combine(store.Root, "thumbnails", name);

        /// <summary>Reads an animation as a browser would decode it.</summary>
        public (IReadOnlyList<int> Numbers, int Milliseconds, int Repeats) Read(string name)
        {
            using var codec = SKCodec.Create(Path(name));
            var numbers = Frames(codec).Select(NumberedClip.Read).ToList();
            return (numbers, codec.FrameInfo.Sum(frame => frame.Duration), codec.RepetitionCount);
        }

        public Pixels LastFrame(string name)
        {
            using var codec = SKCodec.Create(Path(name));
            return Pixels.Read(Frames(codec).Last());
        }

        private static IEnumerable<Stream> Frames(SKCodec codec)
        {
            var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            using var bitmap = new SKBitmap(info);
            for (var frame = 0; frame < Math.Max(1, codec.FrameCount); frame++)
            {
                codec.GetPixels(info, bitmap.GetPixels(), new SKCodecOptions(frame, frame - 1));
                using var picture = bitmap.Encode(SKEncodedImageFormat.Png, 100);
                yield return new MemoryStream(picture.ToArray());
            }
        }

        public void Dispose() => store.Dispose();
    }
}
