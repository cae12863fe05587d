using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>The fit <c>pad</c>: a picture of exactly the requested size, with a background around the frame.</summary>
public sealed class PaddingTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Fact]
    public async Task A_padded_picture_has_exactly_the_requested_size()
    {
        var (_, frames) = await _pictures.MakeAsync(
            await clips.NumberedAsync(),
            Padded("black.png", null, 161, 201),
            Padded("red.jpg", "#f00", 200, 90),
            Padded("large.webp", "#0000ff", 600, 400),
            Padded("enlarged.png", "#00ff00", 640, 640) with { Enlarge = true },
            Padded("same.jpg", "#00ff00", 320, 180),
            Padded("tiny.jpg", "blur", 1, 1));
        Assert.All(frames, frame => Assert.Null(frame.Error));

        AssertPicture("black.png", 161, 201, (0, 0, 0), (80, 50), (80, 150));
        AssertPicture("red.jpg", 200, 90, (255, 0, 0), (15, 45), (184, 45));
        AssertPicture("large.webp", 600, 400, (0, 0, 255), (130, 200), (300, 105), (469, 200), (300, 294));
        AssertPicture("enlarged.png", 640, 640, (0, 255, 0), (320, 135), (320, 504));
        Assert.Equal((320, 180), (frames[4].Width, frames[4].Height));
        // The frame is centered. In number 240, the right half of the upper blocks is white.
        var large = Pixels.Read(_pictures["large.webp"]);
        Assert.Equal((false, false, true, true), (IsWhite(150), IsWhite(290), IsWhite(310), IsWhite(450)));

        bool IsWhite(int x) => large[x, 150].R > 127;
    }

    [Theory]
    [InlineData("png")]
    [InlineData("jpg")]
    [InlineData("webp")]
    public async Task A_blurred_background_is_made_from_the_frame(string type)
    {
        var clip = await clips.GetAsync("halves.mkv", "-f lavfi -i color=red:s=180x320:r=5:d=0.4,format=gbrp,drawbox=y=ih/2:c=blue:t=fill -c:v ffv1");
        var (_, frames) = await _pictures.MakeAsync(clip, Padded($"p.{type}", "blur", 640, 320) with { Position = FramePosition.Parse("0") });

        Assert.Equal((null, 640, 320), (frames[0].Error, frames[0].Width, frames[0].Height));
        var picture = Pixels.Read(_pictures[$"p.{type}"]);
        // The background is cropped and enlarged, and the edge between the colors is blurred there but not in the frame.
        foreach (var x in new[] { 10, 220, 420, 630 })
        {
            Assert.InRange(picture[x, 5].R, 200, 255);
            Assert.InRange(picture[x, 314].B, 200, 255);
            Assert.InRange(picture[x, 160].R, 60, 200);
            Assert.InRange(picture[x, 160].B, 60, 200);
        }

        Assert.InRange(picture[320, 150].R, 240, 255);
        Assert.InRange(picture[320, 170].B, 240, 255);
    }

    [Theory]
    [InlineData("#00ff00", 0, 255)]
    [InlineData("blur", 0, 0)]
    public async Task A_background_shows_through_a_transparent_video(string background, int red, int green)
    {
        var clip = await clips.GetAsync(
            "clear.mkv", "-filter_complex color=white@0:s=45x90:r=5:d=0.4,format=rgba[a];color=red:s=45x90:r=5:d=0.4,format=rgba[b];[a][b]hstack -c:v png");
        string[] types = ["png", "jpg", "webp"];
        var (_, frames) = await _pictures.MakeAsync(
            clip, [.. types.Select(type => Padded($"p.{type}", background, 190, 90) with { Position = FramePosition.Parse("0") })]);

        Assert.All(frames, frame => Assert.Null(frame.Error));
        foreach (var type in types)
        {
            var picture = Pixels.Read(_pictures[$"p.{type}"]);
            Assert.InRange(picture[60, 45].R - red, -16, 60);
            Assert.InRange(picture[60, 45].G - green, -16, 16);
            Assert.Equal(255, picture[60, 45].A);
            Assert.InRange(picture[120, 45].R, 240, 255);
        }
    }

    [Fact]
    public async Task Padding_does_not_change_the_colors_of_a_frame()
    {
        var clip = await clips.GetAsync(
            "hdr.mp4",
            "-f lavfi -i testsrc2=s=320x180:r=5:d=0.4 -vf scale=out_color_matrix=bt2020:out_range=limited,format=yuv420p10le -c:v libx265 -x265-params log-level=error:colormatrix=bt2020nc:colorprim=bt2020:transfer=smpte2084");
        var (_, frames) = await _pictures.MakeAsync(
            clip,
            Pictures.Request("0", "plain.png"),
            Padded("padded.png", "#fff", 320, 240) with { Position = FramePosition.Parse("0") },
            Padded("padded.jpg", "#fff", 320, 240) with { Position = FramePosition.Parse("0"), Quality = 100 });

        Assert.All(frames, frame => Assert.Null(frame.Error));
        var (plain, png, jpg) = (Pixels.Read(_pictures["plain.png"]), Pixels.Read(_pictures["padded.png"]), Pixels.Read(_pictures["padded.jpg"]));
        for (var (x, y) = (8, 5); x < 320; (x, y) = (x + 31, (y + 37) % 180))
        {
            Assert.InRange(Math.Abs(plain[x, y].G - png[x, y + 30].G), 0, 2);
            Assert.InRange(Math.Abs(plain[x, y].G - jpg[x, y + 30].G), 0, 24);
        }
    }

    private void AssertPicture(string name, int width, int height, (int R, int G, int B) color, params (int X, int Y)[] background)
    {
        var picture = Pixels.Read(_pictures[name]);
        Assert.Equal((width, height), (picture.Width, picture.Height));
        foreach (var (x, y) in background)
        {
            var (r, g, b, a) = picture[x, y];
            Assert.InRange(Math.Abs(r - color.R) + Math.Abs(g - color.G) + Math.Abs(b - color.B), 0, 12);
            Assert.Equal(255, a);
        }
    }

    private static FrameRequest Padded(string name, string? background, int width, int height) => Pictures.Request("8", name) with
    {
        Width = width,
        Height = height,
        Fit = Fit.Pad,
        Background = background is null ? null : Background.Parse(background),
    };
}
