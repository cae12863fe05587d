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

    /// <summary>The pixels of a video's first frame, in the given format, row by row.</summary>
    public static async Task<byte[]> PixelsAsync(string video, string format)
    {
        using var pixels = new MemoryStream();
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-nostdin", "-i", video, "-frames:v", "1", "-pix_fmt", format, "-f", "rawvideo", "-"])
            .WithStandardOutputPipe(PipeTarget.ToStream(pixels))
            .ExecuteAsync();
        return pixels.ToArray();
    }
}
