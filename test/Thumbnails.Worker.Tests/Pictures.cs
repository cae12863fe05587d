using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Running;

namespace Thumbnails.Worker.Tests;

/// <summary>Makes pictures with the worker's own parts and the ffmpeg that FFMPEG names, into a folder that goes with the test.</summary>
public sealed class Pictures : IDisposable
{
    private readonly TempFolder _folder = new();

    internal static MediaTools Tools { get; } = MediaTools.Find(Environment.GetEnvironmentVariable);

    public string this[string name] => _folder[name];

    internal async Task<(VideoInfo? Video, IReadOnlyList<FrameResult> Frames)> MakeAsync(string clip, params FrameRequest[] requests)
    {
        var job = VideoJobs.Create(Tools, new FolderPictures(_folder.Path), new StepLog(TextWriter.Null, TimeProvider.System));
        var frames = await job.RunAsync(MediaInput.File(clip), requests, CancellationToken.None);
        return (job.Video, frames);
    }

    /// <summary>Makes one picture that must succeed.</summary>
    internal async Task<FrameResult> MakeAsync(string clip, string position, string name = "picture.png")
    {
        var (_, frames) = await MakeAsync(clip, Request(position, name));
        Assert.Null(frames[0].Error);
        return frames[0];
    }

    internal static FrameRequest Request(string position, string name = "picture.png") =>
        new() { Position = FramePosition.Parse(position), OutputName = OutputName.Parse(name) };

    public void Dispose() => _folder.Dispose();
}
