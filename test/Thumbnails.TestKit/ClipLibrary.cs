using System.Collections.Concurrent;

namespace Thumbnails.TestKit;

/// <summary>Clips shared by many tests, each created once per test run.</summary>
public sealed class ClipLibrary : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _clips = new();

    /// <summary>Returns the clip with the given file name, and creates it if it does not exist.</summary>
    public Task<string> GetAsync(string name, Func<string, Task<string>> create) =>
        _clips.GetOrAdd(name, _ => new Lazy<Task<string>>(() => create(_folder[name]))).Value;

    /// <summary>Returns the clip that ffmpeg creates with the given arguments, which are split at spaces and followed by the clip's path.</summary>
    public Task<string> GetAsync(string name, string arguments) => GetAsync(name, async path =>
    {
        await Ffmpeg.RunAsync(arguments, path);
        return path;
    });

    /// <summary>Ten seconds of numbered frames at 30 a second: H.264 with B-frames in MP4, a keyframe every 50 frames.</summary>
    public Task<string> NumberedAsync() => GetAsync("numbered.mp4", path => NumberedClip.CreateAsync(path));

    public void Dispose() => _folder.Dispose();
}
