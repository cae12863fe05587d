using CliWrap;

namespace Thumbnails.Benchmarks;

/// <summary>The clips to measure with, generated once and kept in the temporary folder.</summary>
internal static class Clips
{
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "thumbnails-bench")).FullName;

    /// <summary>Creates a minute of 720p H.264 with a keyframe every 250 frames, x264's default.</summary>
    public static Task<string> MinuteAsync() => MakeAsync(
        "minute.mp4", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=30:duration=60", "-c:v", "libx264", "-preset", "veryfast", "-crf", "30", "-pix_fmt", "yuv420p");

    /// <summary>Creates an hour by repeating the minute 60 times.</summary>
    public static async Task<string> HourAsync()
    {
        var list = Path.Combine(Folder, "hour.txt");
        var minute = await MinuteAsync();
        await File.WriteAllLinesAsync(list, Enumerable.Repeat($"file '{minute}'", 60));
        return await MakeAsync("hour.mp4", "-f", "concat", "-safe", "0", "-i", list, "-c", "copy", "-movflags", "+faststart");
    }

    /// <summary>An hour of 1080p H.264 at 4 Mbit/s with a keyframe every 8 seconds: 48 seconds, 75 times over.</summary>
    public static async Task<string> SparseHourAsync()
    {
        var piece = await MakeAsync(
            "sparse.mp4", "-f", "lavfi", "-i", "testsrc2=s=1920x1080:r=25:d=48", "-vf", "noise=alls=6:allf=t", "-c:v", "libx264", "-preset", "veryfast",
            "-b:v", "4M", "-maxrate", "5M", "-bufsize", "5M", "-g", "200", "-sc_threshold", "0", "-pix_fmt", "yuv420p");
        return await MakeAsync("sparse-hour.mp4", "-stream_loop", "74", "-i", piece, "-c", "copy", "-movflags", "+faststart");
    }

    private static async Task<string> MakeAsync(string name, params string[] arguments)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
            await Cli.Wrap("ffmpeg").WithArguments(["-v", "error", "-y", .. arguments, path]).ExecuteAsync();
        return path;
    }
}
