using CliWrap;
using CliWrap.Buffered;

namespace Thumbnails.TestKit;

/// <summary>The machine's ffmpeg, which creates clips and reads pictures.</summary>
public static class Ffmpeg
{
    /// <summary>Runs ffmpeg with the given arguments, split at spaces.</summary>
    public static Task RunAsync(string arguments, params string[] more) => RunAsync([.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more]);

    public static async Task RunAsync(IEnumerable<string> arguments) =>
        await Cli.Wrap("ffmpeg").WithArguments(["-v", "error", "-nostdin", "-y", .. arguments]).ExecuteBufferedAsync();

    /// <summary>Runs ffmpeg with a standard input that <paramref name="write"/> writes.</summary>
    public static async Task FeedAsync(Func<Stream, CancellationToken, Task> write, IEnumerable<string> arguments) =>
        await Cli.Wrap("ffmpeg").WithArguments(["-v", "error", "-y", .. arguments])
            .WithStandardInputPipe(PipeSource.Create(write)).ExecuteBufferedAsync();

    /// <summary>Returns the pixels of a video's first frame, in the given format, row by row.</summary>
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
