using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>
/// Extracts the earliest picture before anything is known of the video, taking for granted what holds for most. Meanwhile
/// ffmpeg tells what the video is: when it is otherwise, the attempt is dropped.
/// </summary>
internal sealed class SpeculativeExtraction : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly InputHeader _header;
    private readonly Task<Picture>? _attempt;

    private SpeculativeExtraction(CancellationTokenSource stop, FrameRequest? request, InputHeader header, Task<Picture>? attempt) =>
        (_stop, Request, _header, _attempt) = (stop, request, header, attempt);

    /// <summary>The picture's request; null when none names a time, so that all have to wait for the probe.</summary>
    public FrameRequest? Request { get; }

    /// <summary>The video as ffmpeg sees it, as soon as it does; null when only ffprobe can tell.</summary>
    public Task<ProbedVideo?> Video => _header.Video;

    public static SpeculativeExtraction Begin(
        FrameExtractor extractor, MediaInput input, IReadOnlyList<FrameRequest> requests, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var request = requests.Where(request => request.Position.Time is not null).MinBy(request => request.Position.Time);
        var header = new InputHeader();
        Task<Picture>? attempt = null;
        if (request is { Position.Time: { } time })
            attempt = extractor.ExtractAsync(input, ProbedVideo.Plain, FrameOutput.Picture(request, ProbedVideo.Plain), time, header, stop.Token);
        else
            header.Close();
        return new SpeculativeExtraction(stop, request, header, attempt);
    }

    /// <summary>The picture that is on its way, if it will be the right one; otherwise the attempt ends here.</summary>
    public Task<Picture>? In(ProbedVideo video)
    {
        if (video.IsPlain && Request?.Position.Time is { } time && !video.EndsLongBefore(time))
            return _attempt;
        _stop.Cancel();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_attempt is not null)
            await ((Task)_attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
