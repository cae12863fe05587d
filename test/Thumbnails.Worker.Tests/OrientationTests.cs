using System.Buffers.Binary;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>Pictures are upright, as in a player, however the camera was held.</summary>
public sealed class OrientationTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    // The elements a, b, c, d of the display matrix: a point (x, y) appears at (a·x + c·y, b·x + d·y), with y pointing down.
    [InlineData(1, 0, 0, 1, 0)]
    [InlineData(0, 1, -1, 0, 90)]
    [InlineData(-1, 0, 0, -1, 180)]
    [InlineData(0, -1, 1, 0, 270)]
    [InlineData(-1, 0, 0, 1, 180)]
    [InlineData(1, 0, 0, -1, 0)]
    [InlineData(0, 1, 1, 0, 90)]
    [InlineData(0, -1, -1, 0, 270)]
    public async Task A_display_matrix_is_applied(int a, int b, int c, int d, int rotation)
    {
        var clip = await clips.GetAsync($"turned{a}{b}{c}{d}.mp4", async path =>
        {
            File.Copy(await CornersAsync(), path);
            SetMatrix(path, a, b, c, d);
            return path;
        });
        var (video, frames) = await _pictures.MakeAsync(clip, Pictures.Request("0.5"));
        Assert.Null(frames[0].Error);
        var (width, height) = (frames[0].Width!.Value, frames[0].Height!.Value);
        var picture = Pixels.Read(_pictures["picture.png"]);

        Assert.Equal(rotation, video!.Rotation);
        Assert.Equal(a == 0 ? (180, 320) : (320, 180), (width, height));
        // Red, green, blue and white are in the corners of the coded frame, in coordinates relative to its center.
        foreach (var (x, y, color) in ((int, int, string)[])[(-1, -1, "red"), (1, -1, "green"), (-1, 1, "blue"), (1, 1, "white")])
        {
            var (seenX, seenY) = (a * x + c * y, b * x + d * y);
            Assert.Equal((seenX, seenY, color), (seenX, seenY, ColorOf(picture[width / 2 + seenX * width / 4, height / 2 + seenY * height / 4])));
        }
    }

    private Task<string> CornersAsync() => clips.GetAsync("corners.mp4", async path =>
    {
        const string corners = "color=red:s=160x90:r=10:d=1[a];color=0x00ff00:s=160x90:r=10:d=1[b];color=blue:s=160x90:r=10:d=1[c];color=white:s=160x90:r=10:d=1[d];[a][b]hstack[t];[c][d]hstack[u];[t][u]vstack";
        await Ffmpeg.RunAsync(["-filter_complex", corners, "-c:v", "libx264", "-pix_fmt", "yuv420p", path]);
        return path;
    });

    private static string ColorOf((int R, int G, int B, int A) pixel) => (pixel.R > 128, pixel.G > 128, pixel.B > 128) switch
    {
        (true, false, false) => "red",
        (false, true, false) => "green",
        (false, false, true) => "blue",
        (true, true, true) => "white",
        _ => $"{pixel}",
    };

    // In the track header, the matrix follows flags, times, ID, duration, layer, group and volume.
    private static void SetMatrix(string path, int a, int b, int c, int d)
    {
        var file = File.ReadAllBytes(path);
        var header = file.AsSpan().IndexOf("tkhd"u8) + 4;
        foreach (var (index, value) in ((int, int)[])[(0, a << 16), (1, b << 16), (2, 0), (3, c << 16), (4, d << 16), (5, 0), (6, 0), (7, 0), (8, 1 << 30)])
            BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(header + 40 + index * 4), value);
        File.WriteAllBytes(path, file);
    }
}
