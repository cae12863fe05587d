using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Width, height, fit, and non-square pixels.</summary>
public sealed class PictureSizeTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    // One side is given; the other follows.
    [InlineData("png", 160, null, Fit.Contain, false, 160, 90)]
    [InlineData("jpg", null, 90, Fit.Cover, false, 160, 90)]
    [InlineData("webp", 100, null, Fit.Fill, false, 100, 56)]
    // Both sides are given.
    [InlineData("png", 160, 160, Fit.Contain, false, 160, 90)]
    [InlineData("jpg", 1000, 45, Fit.Contain, false, 80, 45)]
    [InlineData("webp", 160, 160, Fit.Cover, false, 160, 160)]
    [InlineData("png", 300, 45, Fit.Cover, false, 300, 45)]
    [InlineData("jpg", 100, 99, Fit.Fill, false, 100, 99)]
    // Never larger than the video, unless requested.
    [InlineData("webp", 640, null, Fit.Contain, false, 320, 180)]
    [InlineData("png", 640, null, Fit.Contain, true, 640, 360)]
    [InlineData("jpg", 640, 640, Fit.Contain, true, 640, 360)]
    [InlineData("webp", 400, 400, Fit.Cover, false, 180, 180)]
    [InlineData("png", 400, 400, Fit.Cover, true, 400, 400)]
    [InlineData("jpg", 400, 100, Fit.Fill, false, 320, 100)]
    [InlineData("webp", 400, 400, Fit.Fill, true, 400, 400)]
    // The smallest possible picture.
    [InlineData("png", 1, 1, Fit.Contain, false, 1, 1)]
    [InlineData("jpg", 1, 1, Fit.Contain, false, 1, 1)]
    [InlineData("webp", 1, 1, Fit.Contain, false, 1, 1)]
    [InlineData("png", 1, 1, Fit.Cover, false, 1, 1)]
    [InlineData("jpg", 1, 1, Fit.Cover, false, 1, 1)]
    [InlineData("webp", 1, 1, Fit.Cover, false, 1, 1)]
    public async Task A_picture_has_the_requested_fit(string type, int? width, int? height, Fit fit, bool enlarge, int wide, int high)
    {
        var request = Pictures.Request("1", $"p.{type}") with { Width = width, Height = height, Fit = fit, Enlarge = enlarge };
        var (_, frames) = await _pictures.MakeAsync(await clips.NumberedAsync(), request);
        Assert.Equal((null, wide, high), (frames[0].Error, frames[0].Width, frames[0].Height));

        var picture = Pixels.Read(_pictures[$"p.{type}"]);
        Assert.Equal((wide, high), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Cover_crops_evenly_and_fill_stretches()
    {
        var clip = await clips.NumberedAsync();
        var (_, frames) = await _pictures.MakeAsync(
            clip,
            Pictures.Request("8", "fill.png") with { Width = 200, Height = 200, Fit = Fit.Fill, Enlarge = true },
            Pictures.Request("8", "cover.png") with { Width = 160, Height = 180, Fit = Fit.Cover });
        Assert.All(frames, frame => Assert.Null(frame.Error));

        Assert.Equal(240, NumberedClip.Read(_pictures["fill.png"]));
        var whole = await Pixels.OfVideoAsync(clip, 320);
        await _pictures.MakeAsync(clip, Pictures.Request("0", "cover.png") with { Width = 160, Height = 180, Fit = Fit.Cover });
        var cover = Pixels.Read(_pictures["cover.png"]);
        for (var x = 0; x < 160; x += 13)
            Assert.InRange(Math.Abs(whole[x + 80, 90].R - cover[x, 90].R), 0, 8);
    }

    [Theory]
    [InlineData("720x480", "8/9", 640, 480)]
    [InlineData("720x576", "16/15", 768, 576)]
    [InlineData("720x576", "64/45", 1024, 576)]
    [InlineData("1440x1080", "4/3", 1920, 1080)]
    [InlineData("321x179", "1/1", 321, 179)]
    [InlineData("2x2", "1/1", 2, 2)]
    public async Task Pictures_have_square_pixels(string size, string aspect, int width, int height)
    {
        var clip = await clips.GetAsync($"sar{size}{aspect.Replace('/', '-')}.mkv",
            $"-f lavfi -i testsrc=s={size}:r=5:d=1 -vf setsar={aspect} -c:v ffv1 -pix_fmt yuv444p");
        var frame = await _pictures.MakeAsync(clip, "0.5");
        Assert.Equal((width, height), (frame.Width, frame.Height));

        var (_, halves) = await _pictures.MakeAsync(clip, Pictures.Request("0.5") with { Width = width / 2 });
        Assert.Equal((width / 2, (int)Math.Round(height * (width / 2) / (double)width, MidpointRounding.AwayFromZero)), (halves[0].Width, halves[0].Height));
    }
}
