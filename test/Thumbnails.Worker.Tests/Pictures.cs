using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Running;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Tests;

/// <summary>
/// Makes pictures with the worker's own classes and the ffmpeg that FFMPEG selects, in a folder that is deleted with the
/// test.
/// </summary>
public sealed class Pictures : IDisposable
{
    private readonly TempFolder _folder = new();

    internal static MediaTools Tools { get; } = MediaTools.Find(Environment.GetEnvironmentVariable);

    public string this[string name] => _folder[name];

    internal async Task<(VideoInfo? Video, IReadOnlyList<FrameResult> Frames)> MakeAsync(string clip, params FrameRequest[] requests)
    {
        await using var source = VideoSource.OfFile(clip);
        var job = new VideoProcessor(Tools, source, new FolderPictures(_folder.Path), null, new StepLog(TextWriter.Null, TimeProvider.System));
        var frames = (await job.RunAsync(new VideoRequests(requests), CancellationToken.None)).Frames;
        return (job.Video, frames);
    }

    /// <summary>Makes one picture and asserts that it succeeded.</summary>
    internal async Task<FrameResult> MakeAsync(string clip, string position, string name = "picture.png")
    {
        var (_, frames) = await MakeAsync(clip, Request(position, name));
        Assert.Null(frames[0].Error);
        return frames[0];
    }

    /// <summary>Returns the numbers of the frames that a numbered clip shows at the given positions.</summary>
    internal async Task<IReadOnlyList<int>> NumbersAtAsync(string clip, params IEnumerable<string> positions)
    {
        var requests = positions.Select((position, i) => Request(position, $"{i}.png")).ToArray();
        var (_, frames) = await MakeAsync(clip, requests);
        Assert.All(frames, frame => Assert.Null(frame.Error));
        var numbers = new List<int>();
        foreach (var frame in frames)
            numbers.Add(NumberedClip.Read(_folder[frame.OutputName.ToString()]));
        return numbers;
    }

    internal static FrameRequest Request(string position, string name = "picture.png") =>
        new() { Position = FramePosition.Parse(position), OutputName = OutputName.Parse(name) };

    public void Dispose() => _folder.Dispose();
}
