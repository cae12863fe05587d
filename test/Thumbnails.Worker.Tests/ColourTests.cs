using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Colours are those of the video, whatever its bit depth, sampling, matrix and range; HDR becomes SDR.</summary>
public sealed class ColourTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private const int Width = 320;

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
    public async Task Colours_are_those_of_plain_ffmpeg(string name, string encode)
    {
        var clip = await clips.GetAsync(name, path => CreateAsync(path, encode));
        string[] types = ["png", "jpg", "webp"];
        var (_, frames) = await _pictures.MakeAsync(
            clip, [.. types.Select(type => Pictures.Request("0", $"p.{type}") with { Quality = 100 })]);
        Assert.All(frames, frame => Assert.Null(frame.Error));
        var plain = await Pixels.OfVideoAsync(clip, Width);

        Assert.InRange(plain.DifferenceTo(Pixels.Read(_pictures["p.png"])), 0, 3);
        // Every decoder has its own way to spread the halved colours of these two.
        Assert.InRange(plain.DifferenceTo(Pixels.Read(_pictures["p.jpg"]), block: 4), 0, 3);
        Assert.InRange(plain.DifferenceTo(Pixels.Read(_pictures["p.webp"]), block: 4), 0, 3);
    }

    // (200, 40, 40) and (40, 180, 60), as Chromium draws them of the same file.
    [Theory]
    [InlineData("hd.mp4", "1280x720", "bt709", "", 200, 41, 42, 40, 181, 64)]
    [InlineData("sd.mp4", "640x360", "bt601", "", 199, 40, 39, 40, 180, 61)]
    [InlineData("matrix-alone.mp4", "640x360", "bt709", "-colorspace bt709", 186, 24, 42, 51, 204, 64)]
    [InlineData("complete.mp4", "640x360", "bt709", "-colorspace bt709 -color_primaries bt709 -color_trc bt709", 200, 41, 42, 40, 181, 64)]
    [InlineData("impossible.mp4", "1280x720", "bt709", "-colorspace ictcp -color_primaries bt709 -color_trc bt709", 200, 41, 42, 40, 181, 64)]
    [InlineData("ycgco.mp4", "1280x720", "bt709", "-colorspace ycgco -color_primaries bt709 -color_trc bt709", 200, 41, 42, 40, 181, 64)]
    [InlineData("p3.mp4", "1280x720", "bt709", "-colorspace bt709 -color_primaries smpte432 -color_trc bt709", 218, 0, 29, 0, 184, 34)]
    [InlineData("wide.mp4", "640x360", "bt2020", "-colorspace bt2020nc -color_primaries bt2020 -color_trc bt2020-10", 248, 0, 28, 0, 190, 15)]
    [InlineData("pal.mp4", "640x360", "bt601", "-colorspace bt470bg -color_primaries bt470bg -color_trc gamma28", 191, 17, 16, 0, 165, 41)]
    public async Task Colours_are_those_that_a_browser_draws(
        string name, string size, string matrix, string tags, int r, int g, int b, int r2, int g2, int b2)
    {
        var clip = await clips.GetAsync(name, async path =>
        {
            await Ffmpeg.RunAsync(
                ["-f", "lavfi", "-i", $"color=0xc82828:s={size}:r=10:d=0.2,format=gbrp,drawbox=x=iw/2:c=0x28b43c:t=fill", "-vf",
                $"scale=out_color_matrix={matrix}:out_range=limited,setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown,format=yuv420p",
                "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", .. tags.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
            return path;
        });
        var (_, frames) = await _pictures.MakeAsync(clip, Pictures.Request("0"), Pictures.Request("0", "p.jpg") with { Width = 320 });
        Assert.All(frames, frame => Assert.Null(frame.Error));

        foreach (var picture in new[] { Pixels.Read(_pictures["picture.png"]), Pixels.Read(_pictures["p.jpg"]) })
        {
            AssertNear((r, g, b), picture[picture.Width / 4, picture.Height / 2]);
            AssertNear((r2, g2, b2), picture[picture.Width * 3 / 4, picture.Height / 2]);
        }
    }

    [Theory]
    [InlineData("pq.mp4", "smpte2084", ":colormatrix=bt2020nc:colorprim=bt2020")]
    [InlineData("hlg.mp4", "arib-std-b67", ":colormatrix=bt2020nc:colorprim=bt2020")]
    // Recorders that name only the transfer function.
    [InlineData("bare.mp4", "smpte2084", "")]
    public async Task High_dynamic_range_is_mapped_to_standard(string name, string transfer, string tags)
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
        // Scaling before the mapping or behind it makes little difference.
        await Ffmpeg.RunAsync($"-i {_pictures["picture.png"]} -vf scale=133:77", _pictures["scaled.png"]);
        Assert.InRange(Pixels.Read(_pictures["scaled.png"]).DifferenceTo(Pixels.Read(_pictures["odd.png"])), 0, 4);
    }

    [Fact]
    public async Task Interlaced_pictures_have_no_combs()
    {
        // White bars that move by twelve pixels from field to field.
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

    private static void AssertNear((int R, int G, int B) expected, (int R, int G, int B, int A) actual)
    {
        var difference = Math.Max(Math.Max(Math.Abs(expected.R - actual.R), Math.Abs(expected.G - actual.G)), Math.Abs(expected.B - actual.B));
        Assert.True(difference <= 7, $"{actual} instead of {expected}");
    }

    // Pixels that differ from both the line above and the line below, which are alike.
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
