using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Transparency is preserved where the format supports it.</summary>
public sealed class TransparencyTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData("vp8.webm", "-c:v libvpx -pix_fmt yuva420p -auto-alt-ref 0 -g 5 -b:v 2M")]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -pix_fmt yuva420p -deadline realtime -cpu-used 8 -g 5 -b:v 2M")]
    [InlineData("prores.mov", "-c:v prores_ks -profile:v 4444 -pix_fmt yuva444p10le")]
    [InlineData("animation.mov", "-c:v qtrle -pix_fmt argb")]
    [InlineData("png.mov", "-c:v png -pix_fmt rgba")]
    public async Task PNG_and_WebP_keep_transparency_and_JPEG_makes_it_black(string name, string encode)
    {
        var clip = await clips.GetAsync(name, path => CreateAsync(path, encode));
        string[] types = ["png", "webp", "jpg"];
        var (_, frames) = await _pictures.MakeAsync(clip, [.. types.Select(type => Pictures.Request("0.85", $"p.{type}"))]);

        Assert.All(frames, frame => Assert.Null(frame.Error));
        foreach (var frame in frames)
        {
            var picture = Pixels.Read(_pictures[$"{frame.OutputName}"]);
            var (behind, half, solid) = (picture[20, 45], picture[80, 45], picture[140, 45]);
            if (frame.OutputName.Format == PictureFormat.Jpeg)
            {
                Assert.InRange(behind.R + behind.G + behind.B, 0, 12);
                Assert.InRange(half.R, 110, 142);
            }
            else
            {
                Assert.InRange(behind.A, 0, 4);
                Assert.InRange(half.A, 120, 136);
                Assert.InRange(solid.A, 250, 255);
            }

            Assert.InRange(solid.R, 240, 255);
            Assert.InRange(solid.G + solid.B, 0, 24);
        }
    }

    // Red in three stripes: transparent (with white underneath, to expose a careless decoder), half transparent, opaque.
    private static async Task<string> CreateAsync(string path, string encode)
    {
        const string stripes = "color=white@0:s=56x90:r=10:d=2,format=rgba[a];color=red@0.5:s=52x90:r=10:d=2,format=rgba[b];"
            + "color=red@1:s=52x90:r=10:d=2,format=rgba[c];[a][b][c]hstack=3";
        await Ffmpeg.RunAsync(["-filter_complex", stripes, .. encode.Split(' '), path]);
        return path;
    }
}
