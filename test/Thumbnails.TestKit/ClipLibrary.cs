using System.Collections.Concurrent;

namespace Thumbnails.TestKit;

/// <summary>Clips that many tests share, each made once for a run of tests.</summary>
public sealed class ClipLibrary : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _clips = new();

    /// <summary>The clip of the given file name, made by <paramref name="create"/> when it is not there yet.</summary>
    public Task<string> GetAsync(string name, Func<string, Task<string>> create) =>
        _clips.GetOrAdd(name, _ => new Lazy<Task<string>>(() => create(_folder[name]))).Value;

    /// <summary>The same, made by ffmpeg with the given arguments, split at spaces, and the clip's path behind them.</summary>
    public Task<string> GetAsync(string name, string arguments) => GetAsync(name, async path =>
    {
        await Ffmpeg.RunAsync(arguments, path);
        return path;
    });

    /// <summary>Ten seconds of numbered frames at 30 a second: H.264 with B-frames in MP4, a keyframe every 50 frames.</summary>
    public Task<string> NumberedAsync() => GetAsync("numbered.mp4", path => NumberedClip.CreateAsync(path));

    public void Dispose() => _folder.Dispose();
}
