using CliWrap;
using CliWrap.Buffered;

namespace Thumbnails.TestKit;

/// <summary>The machine's own ffmpeg, to make clips and to read pictures.</summary>
public static class Ffmpeg
{
    /// <summary>Runs ffmpeg with the given arguments, split at spaces.</summary>
    public static Task RunAsync(string arguments, params string[] more) => RunAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more]);

    public static async Task RunAsync(IEnumerable<string> arguments) =>
        await Cli.Wrap("ffmpeg").WithArguments(["-v", "error", "-nostdin", "-y", .. arguments]).ExecuteBufferedAsync();

    /// <summary>Runs ffmpeg on what <paramref name="write"/> writes to its standard input.</summary>
    public static async Task FeedAsync(Func<Stream, CancellationToken, Task> write, IEnumerable<string> arguments) =>
        await Cli.Wrap("ffmpeg").WithArguments(["-v", "error", "-y", .. arguments])
            .WithStandardInputPipe(PipeSource.Create(write)).ExecuteBufferedAsync();

    /// <summary>A picture's pixels, 8 bits of grey or 24 of RGB each, row by row.</summary>
    public static async Task<byte[]> PixelsAsync(string picture, string format = "gray", string filter = "null")
    {
        using var pixels = new MemoryStream();
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-nostdin", "-i", picture, "-frames:v", "1", "-vf", filter, "-pix_fmt", format, "-f", "rawvideo", "-"])
            .WithStandardOutputPipe(PipeTarget.ToStream(pixels))
            .ExecuteAsync();
        return pixels.ToArray();
    }
}
