namespace Thumbnails.TestKit;

/// <summary>
/// Clips whose frames show their own number, as sixteen black and white blocks in two rows, so that a picture identifies its frame.
/// </summary>
public static class NumberedClip
{
    public const int Width = 320, Height = 180;

    private const int Columns = 8, Rows = 2, BlockWidth = Width / Columns, BlockHeight = Height / Rows;

    /// <summary>Encodes frames 0 to <paramref name="frames"/> - 1.</summary>
    /// <param name="path">The clip. Its extension selects the container.</param>
    /// <param name="frames">The number of frames.</param>
    /// <param name="frameRate">The frame rate in ffmpeg's notation, such as 30 or 30000/1001.</param>
    /// <param name="encode">ffmpeg's arguments for the output.</param>
    public static async Task<string> CreateAsync(
        string path, int frames = 300, string frameRate = "30", string encode = "-c:v libx264 -preset ultrafast -g 50 -bf 2 -pix_fmt yuv420p")
    {
        await Ffmpeg.FeedAsync(
            (stream, token) => WriteAsync(stream, frames, token),
            ["-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{Width}x{Height}", "-r", frameRate, "-i", "-", .. encode.Split(' ', StringSplitOptions.RemoveEmptyEntries), path]);
        return path;
    }

    /// <summary>Returns the number of the frame that a picture of any size shows.</summary>
    public static int Read(string picture) => Read(Pixels.Read(picture));

    public static int Read(Stream picture) => Read(Pixels.Read(picture));

    /// <summary>The number of the frame that a part of a picture shows.</summary>
    public static int Read(Pixels pixels, int left, int top, int width, int height)
    {
        var number = 0;
        for (var bit = 0; bit < Columns * Rows; bit++)
        {
            var (x, y) = (left + (bit % Columns * 2 + 1) * width / (Columns * 2), top + (bit / Columns * 2 + 1) * height / (Rows * 2));
            number |= pixels[x, y].G > 127 ? 1 << bit : 0;
        }

        return number;
    }

    private static int Read(Pixels pixels) => Read(pixels, 0, 0, pixels.Width, pixels.Height);

    private static async Task WriteAsync(Stream stream, int frames, CancellationToken cancellationToken)
    {
        var frame = new byte[Width * Height];
        for (var number = 0; number < frames; number++)
        {
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                    frame[y * Width + x] = (byte)((number >> (y / BlockHeight * Columns + x / BlockWidth) & 1) * 219 + 16);
            }

            await stream.WriteAsync(frame, cancellationToken);
        }
    }
}
