using SkiaSharp;

namespace Thumbnails.TestKit;

/// <summary>The pixels of a picture, in RGB with alpha.</summary>
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

    /// <summary>Decodes a picture as a browser does. This runs in the test process, which is faster than starting ffmpeg.</summary>
    public static Pixels Read(string picture)
    {
        using var file = File.OpenRead(picture);
        return Read(file);
    }

    public static Pixels Read(Stream picture)
    {
        using var codec = SKCodec.Create(picture) ?? throw new InvalidDataException("This is no picture.");
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        return result == SKCodecResult.Success ? new Pixels(bitmap.Bytes, info.Width) : throw new InvalidDataException($"The picture cannot be decoded: {result}");
    }

    /// <summary>Decodes the first frame of a video with plain ffmpeg.</summary>
    public static async Task<Pixels> OfVideoAsync(string video, int width) => new(await Ffmpeg.PixelsAsync(video, "rgba"), width);

    /// <summary>Returns the mean color difference of two pictures of the same size, 0 to 255.</summary>
    /// <param name="other">The other picture.</param>
    /// <param name="block">
    /// The side of the squares whose mean colors are compared: 1 compares every pixel, more allows for chroma subsampling.
    /// </param>
    public double DifferenceTo(Pixels other, int block = 1)
    {
        double sum = 0;
        var blocks = 0;
        for (var y = 0; y + block <= Height; y += block)
        {
            for (var x = 0; x + block <= Width; x += block, blocks++)
            {
                for (var channel = 0; channel < 3; channel++)
                    sum += Math.Abs(Mean(x, y, block, channel) - other.Mean(x, y, block, channel));
            }
        }

        return sum / (blocks * 3);
    }

    /// <summary>Returns the mean brightness, 0 to 255.</summary>
    public double Brightness() => _rgba.Where((_, i) => i % 4 != 3).Average(value => (double)value);

    private double Mean(int left, int top, int block, int channel)
    {
        var sum = 0;
        for (var y = top; y < top + block; y++)
        {
            for (var x = left; x < left + block; x++)
                sum += _rgba[(y * Width + x) * 4 + channel];
        }

        return sum / (double)(block * block);
    }
}
