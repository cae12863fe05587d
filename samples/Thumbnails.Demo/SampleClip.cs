using CliWrap;

namespace Thumbnails.Demo;

/// <summary>Creates the sample clip: 20 seconds of a test pattern with a seconds counter.</summary>
internal static class SampleClip
{
    public static async Task<string> CreateAsync(string path)
    {
        await Cli.Wrap("ffmpeg")
            .WithArguments(["-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=size=1280x720:rate=30:duration=20", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", path])
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Console.Error.WriteLine))
            .ExecuteAsync();
        return path;
    }
}
