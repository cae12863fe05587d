using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>The position <c>auto</c>.</summary>
public sealed class RepresentativeFrameTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    // The visible part is short and at an unlikely time; the rest is black, white or another single color.
    [InlineData("black", 0, 9, 1)]
    [InlineData("white", 4.7, 5, 0.3)]
    [InlineData("gray", 0, 0.5, 0.5)]
    public async Task Auto_selects_a_frame_that_is_not_blank(string blank, double from, double until, double length)
    {
        var start = until - length;
        var clip = await clips.GetAsync($"{blank}{from}.mp4", async path =>
        {
            await Ffmpeg.RunAsync(
                ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=10", "-vf", FormattableString.Invariant($"drawbox=c={blank}:t=fill:enable='not(between(t,{start},{until}))'"),
                "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]);
            return path;
        });
        var frame = await _pictures.MakeAsync(clip, "auto");

        Assert.Null(frame.Adjustment);
        Assert.InRange(frame.Position!.Value, start - 0.04, until + 0.04);
    }

    [Fact]
    public async Task Auto_reports_that_every_frame_is_blank()
    {
        var clip = await clips.GetAsync("blank.mp4", "-f lavfi -i color=black:s=320x180:r=5:d=1 -c:v libx264 -pix_fmt yuv420p");

        Assert.Equal(FrameAdjustment.Blank, (await _pictures.MakeAsync(clip, "auto")).Adjustment);
    }

    [Fact]
    public async Task Auto_selects_a_frame_typical_of_the_video()
    {
        // A title card of ten seconds in a film of one minute.
        var clip = await clips.GetAsync("film.mkv", async path =>
        {
            await Ffmpeg.RunAsync(
                ["-f", "lavfi", "-i", "smptebars=s=320x180:r=5:d=10", "-f", "lavfi", "-i", "mandelbrot=s=320x180:r=5", "-filter_complex",
                "[1]trim=duration=50[b];[0][b]concat", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path]);
            return path;
        });

        Assert.InRange((await _pictures.MakeAsync(clip, "auto")).Position!.Value, 10, 60);
    }
}
