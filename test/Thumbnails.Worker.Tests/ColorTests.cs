using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Colors match the video for every bit depth, subsampling, matrix and range; HDR becomes SDR.</summary>
public sealed class ColorTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private const int Width = 320;

    private const string Vp9 = "-c:v libvpx-vp9 -crf 4 -b:v 20M -deadline realtime -cpu-used 8";

    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData("limited.mp4", "-vf scale=out_color_matrix=bt601:out_range=limited,format=yuv420p -c:v libx264")]
    [InlineData("bt709.mp4", "-vf scale=out_color_matrix=bt709:out_range=limited,format=yuv420p -c:v libx264 -colorspace bt709 -color_primaries bt709 -color_trc bt709")]
    [InlineData("full.mp4", "-vf scale=out_color_matrix=bt601:out_range=full,format=yuvj420p -c:v libx264")]
    [InlineData("full709.mkv", "-vf scale=out_color_matrix=bt709:out_range=full,format=yuvj444p -c:v libx264 -colorspace bt709 -color_primaries bt709 -color_trc bt709")]
    [InlineData("ten.mp4", "-vf scale=out_color_matrix=bt709,format=yuv420p10le -c:v libx265 -x265-params log-level=error:colormatrix=bt709:colorprim=bt709:transfer=bt709")]
    [InlineData("broad422.mov", "-c:v prores_ks -profile:v 3 -pix_fmt yuv422p10le")]
    [InlineData("four.mp4", "-c:v libx264 -pix_fmt yuv444p")]
    [InlineData("motion.avi", "-c:v mjpeg -q:v 2 -pix_fmt yuvj422p")]
    [InlineData("grey.mkv", "-c:v ffv1 -pix_fmt gray10le")]
    [InlineData("rgb.mkv", "-c:v ffv1 -pix_fmt bgr0")]
    public async Task Colors_match_those_of_plain_ffmpeg(string name, string encode)
    {
        var clip = await clips.GetAsync(name, path => CreateAsync(path, encode));
        string[] types = ["png", "jpg", "webp"];
        var (_, frames) = await _pictures.MakeAsync(
            clip, [.. types.Select(type => Pictures.Request("0", $"p.{type}") with { Quality = 100 })]);
        Assert.All(frames, frame => Assert.Null(frame.Error));
        var plain = await Pixels.OfVideoAsync(clip, Width);

        Assert.InRange(plain.DifferenceTo(Pixels.Read(_pictures["p.png"])), 0, 3);
        // Decoders upsample the chroma of these two formats in different ways.
        Assert.InRange(plain.DifferenceTo(Pixels.Read(_pictures["p.jpg"]), block: 4), 0, 3);
        Assert.InRange(plain.DifferenceTo(Pixels.Read(_pictures["p.webp"]), block: 4), 0, 3);
    }

    // The colors that Chromium 156 draws for clips of these patches, read from a canvas, with --use-angle=swiftshader
    // --enable-unsafe-swiftshader. Without these flags, and only on machines without a GPU, it converts with libyuv, whose
    // coefficient for blue is capped at 2: saturated blue and yellow are then off by up to 16 of 255.
    [Theory]
    [InlineData("hd.mp4", "1280x720 bt709 limited", "", 0xc82929, 0x28b53c, 0x2828c7)]
    [InlineData("sd.mp4", "640x360 bt601 limited", "", 0xc72827, 0x28b43c, 0x2928c7)]
    [InlineData("matrix-alone.mp4", "640x360 bt709 limited", "-colorspace bt709", 0xba182a, 0x33cc3f, 0x2a1dc0)]
    [InlineData("complete.mp4", "640x360 bt709 limited", "-colorspace bt709 -color_primaries bt709 -color_trc bt709", 0xc82929, 0x28b53c, 0x2828c7)]
    [InlineData("hd601.mp4", "1280x720 bt601 limited", "-colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m", 0xc72827, 0x28b43c, 0x2928c7)]
    [InlineData("impossible.mp4", "1280x720 bt709 limited", "-colorspace ictcp -color_primaries bt709 -color_trc bt709", 0xc82929, 0x28b53c, 0x2828c7)]
    [InlineData("full-range.mp4", "1280x720 bt709 full", "-color_range pc -colorspace bt709 -color_primaries bt709 -color_trc bt709", 0xc82829, 0x29b43c, 0x2928c8)]
    [InlineData("full-untagged.mp4", "1280x720 bt709 full", "-color_range pc", 0xba172a, 0x34cb40, 0x2a1dc2)]
    [InlineData("p3.mp4", "1280x720 bt709 limited", "-colorspace bt709 -color_primaries smpte432 -color_trc bt709", 0xda001c, 0x00b81e, 0x2828cf)]
    [InlineData("wide.mp4", "640x360 bt2020 limited", "-colorspace bt2020nc -color_primaries bt2020 -color_trc bt2020-10", 0xf8001a, 0x00be09, 0x0024d2)]
    [InlineData("untagged.webm", "640x360 bt709 limited", Vp9, 0xc82929, 0x28b53c, 0x2828c7)]
    [InlineData("vp8.webm", "640x360 bt709 limited", "-c:v libvpx -crf 4 -b:v 20M -colorspace bt709 -color_primaries bt709 -color_trc bt709", 0xc82929, 0x28b53c, 0x2828c7)]
    [InlineData("pq-patches.mp4", "640x360 bt709 limited", "-colorspace bt709 -color_primaries bt709 -color_trc smpte2084", 0xff0505, 0x05f911, 0x0303ff)]
    [InlineData("pal.mp4", "640x360 bt601 limited", "-colorspace bt470bg -color_primaries bt470bg -color_trc gamma28", 0xbf1110, 0x00a528, 0x1211ba)]
    public async Task Colors_match_those_that_a_browser_draws(string name, string form, string tags, int red, int green, int blue)
    {
        var clip = await clips.GetAsync(name, path => CreatePatchesAsync(path, form.Split(' '), tags));
        var (_, frames) = await _pictures.MakeAsync(clip, Pictures.Request("0"), Pictures.Request("0", "p.jpg") with { Width = 320 });
        Assert.All(frames, frame => Assert.Null(frame.Error));

        foreach (var picture in new[] { Pixels.Read(_pictures["picture.png"]), Pixels.Read(_pictures["p.jpg"]) })
        {
            AssertNear(red, picture[picture.Width / 6, picture.Height / 2]);
            AssertNear(green, picture[picture.Width / 2, picture.Height / 2]);
            AssertNear(blue, picture[picture.Width * 5 / 6, picture.Height / 2]);
        }
    }

    // Phones write such tags for BT.709.
    [Fact]
    public async Task An_unsupported_color_matrix_is_replaced_by_the_default_for_the_size()
    {
        var clip = await clips.GetAsync("ycgco.mp4", path => CreatePatchesAsync(
            path, ["1280x720", "bt709", "limited"], "-colorspace ycgco -color_primaries bt709 -color_trc bt709"));
        await _pictures.MakeAsync(clip, "0");
        var picture = Pixels.Read(_pictures["picture.png"]);

        AssertNear(0xc82929, picture[picture.Width / 6, picture.Height / 2]);
    }

    [Theory]
    [InlineData("pq.mp4", "smpte2084", ":colormatrix=bt2020nc:colorprim=bt2020")]
    [InlineData("hlg.mp4", "arib-std-b67", ":colormatrix=bt2020nc:colorprim=bt2020")]
    // Some recorders tag only the transfer function.
    [InlineData("bare.mp4", "smpte2084", "")]
    public async Task HDR_is_tone_mapped_to_SDR(string name, string transfer, string tags)
    {
        var clip = await clips.GetAsync(name, path => CreateAsync(
            path, $"-vf scale=out_color_matrix=bt2020:out_range=limited,format=yuv420p10le -c:v libx265 -x265-params log-level=error:transfer={transfer}{tags}"));
        var (_, frames) = await _pictures.MakeAsync(
            clip, Pictures.Request("0"), Pictures.Request("0", "small.jpg") with { Width = 101 }, Pictures.Request("0", "odd.png") with { Width = 133, Height = 77, Fit = Fit.Fill });
        Assert.All(frames, frame => Assert.Null(frame.Error));
        var mapped = Pixels.Read(_pictures["picture.png"]);
        var naive = await Pixels.OfVideoAsync(clip, Width);

        Assert.True(mapped.DifferenceTo(naive) > 5, "the picture is that of a naive conversion");
        Assert.InRange(Math.Abs(mapped.Brightness() - Pixels.Read(_pictures["small.jpg"]).Brightness()), 0, 4);
        // Scaling before or after tone mapping makes little difference.
        await Ffmpeg.RunAsync($"-i {_pictures["picture.png"]} -vf scale=133:77", _pictures["scaled.png"]);
        Assert.InRange(Pixels.Read(_pictures["scaled.png"]).DifferenceTo(Pixels.Read(_pictures["odd.png"])), 0, 4);
    }

    [Fact]
    public async Task Interlaced_video_is_deinterlaced()
    {
        // White bars that move by 12 pixels per field.
        var clip = await clips.GetAsync("interlaced.mpg", async path =>
        {
            await Ffmpeg.RunAsync(
                ["-f", "lavfi", "-i", "color=black:s=320x180:r=50:d=2", "-f", "lavfi", "-i", "color=white:s=60x180:r=50:d=2", "-filter_complex",
                "[0][1]overlay=x='mod(n*12,260)',tinterlace=interleave_top,setfield=tff", "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-q:v", "2", path]);
            return path;
        });
        await _pictures.MakeAsync(clip, "1");
        var picture = Pixels.Read(_pictures["picture.png"]);

        Assert.Equal(0, Combs(picture));
        Assert.True(Combs(await Pixels.OfVideoAsync(clip, Width)) > 100, "the clip has no combs");
    }

    private static async Task<string> CreateAsync(string path, string encode)
    {
        await Ffmpeg.RunAsync(["-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=0.5", .. encode.Split(' '), path]);
        return path;
    }

    // Red, green and blue, none of them saturated.
    private static async Task<string> CreatePatchesAsync(string path, string[] form, string tags)
    {
        await Ffmpeg.RunAsync(
            ["-f", "lavfi", "-i", $"color=0xc82828:s={form[0]}:r=10:d=0.2,format=gbrp,drawbox=x=iw/3:c=0x28b43c:t=fill,drawbox=x=iw*2/3:c=0x2828c8:t=fill",
            "-vf", $"scale=out_color_matrix={form[1]}:out_range={form[2]}:flags=accurate_rnd,setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown,format=yuv420p",
            "-c:v", "libx264", "-preset", "ultrafast", "-qp", "1", .. tags.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
        return path;
    }

    private static void AssertNear(int expected, (int R, int G, int B, int A) actual)
    {
        var (r, g, b) = (expected >> 16, (expected >> 8) & 255, expected & 255);
        var difference = Math.Max(Math.Max(Math.Abs(r - actual.R), Math.Abs(g - actual.G)), Math.Abs(b - actual.B));
        Assert.True(difference <= 3, $"{actual} instead of {(r, g, b)}");
    }

    // Counts pixels that differ from the lines above and below, which are alike.
    private static int Combs(Pixels picture)
    {
        var combs = 0;
        for (var y = 1; y < picture.Height - 1; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (above, here, below) = (picture[x, y - 1].G, picture[x, y].G, picture[x, y + 1].G);
                if (Math.Abs(above - below) < 40 && Math.Abs(here - above) > 120)
                    combs++;
            }
        }

        return combs;
    }
}
