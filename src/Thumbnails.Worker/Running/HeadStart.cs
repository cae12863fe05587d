using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>
/// Extracts a job's first picture while the video is being probed, taking for granted what holds for most videos. When the
/// probe finds otherwise the attempt is dropped, and nothing is lost but what the processor had to spare.
/// </summary>
internal sealed class HeadStart : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task<Picture>? _attempt;
    private readonly FrameRequest _request;

    private HeadStart(FrameRequest request, CancellationTokenSource stop, Task<Picture>? attempt) =>
        (_request, _stop, _attempt) = (request, stop, attempt);

    public static HeadStart Begin(FrameExtractor extractor, MediaInput input, FrameRequest request, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempt = request.Position.Time is { } time
            ? extractor.ExtractAsync(input, ProbedVideo.Plain, FrameOutput.Picture(request, ProbedVideo.Plain), time, stop.Token)
            : null;
        return new HeadStart(request, stop, attempt);
    }

    /// <summary>The picture that is on its way, if it will be the right one; otherwise the attempt ends here.</summary>
    public Task<Picture>? For(FrameRequest request, ProbedVideo video)
    {
        if (request == _request && video.IsPlain && request.Position.Time is { } time && !video.EndsLongBefore(time))
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
