namespace Thumbnails.TestKit;

/// <summary>A picture's pixels in RGB with alpha.</summary>
public sealed class Pixels
{
    private readonly byte[] _rgba;

    private Pixels(byte[] rgba, int width) => (_rgba, Width, Height) = (rgba, width, rgba.Length / 4 / width);

    public int Width { get; }

    public int Height { get; }

    public (int R, int G, int B, int A) this[int x, int y]
    {
        get
        {
            var pixel = _rgba.AsSpan((y * Width + x) * 4, 4);
            return (pixel[0], pixel[1], pixel[2], pixel[3]);
        }
    }

    /// <summary>Reads a picture, or a frame of a video, as plain ffmpeg decodes it.</summary>
    public static async Task<Pixels> ReadAsync(string picture, int width) => new(await Ffmpeg.PixelsAsync(picture, "rgba"), width);

    /// <summary>The mean difference of the colours of two pictures of the same size, 0 to 255.</summary>
    public double DifferenceTo(Pixels other)
    {
        double sum = 0;
        for (var i = 0; i < _rgba.Length; i++)
            sum += i % 4 == 3 ? 0 : Math.Abs(_rgba[i] - other._rgba[i]);
        return sum / (_rgba.Length / 4 * 3);
    }

    /// <summary>The mean brightness, 0 to 255.</summary>
    public double Brightness() => _rgba.Where((_, i) => i % 4 != 3).Average(value => (double)value);
}
