using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>Makes a picture of the frame that a player shows at a given time.</summary>
/// <param name="tools">The paths of ffmpeg and ffprobe.</param>
/// <param name="cores">
/// The number of concurrent ffmpeg processes, over all callers, and the number of decoding threads of each.
/// </param>
internal sealed class FrameExtractor(MediaTools tools, int cores) : IAsyncDisposable
{
    private const int MaxPicture = 256 * 1024 * 1024;

    private readonly SemaphoreSlim _free = new(cores);

    private EarlyRun? _early;

    public async ValueTask DisposeAsync()
    {
        if (_early is not null)
            await _early.DisposeAsync();
        _free.Dispose();
    }

    /// <summary>
    /// Starts ffmpeg for the only frame of a job while the video is being probed, with the arguments that most videos need. On a
    /// single core this would gain nothing.
    /// </summary>
    public void StartEarly(MediaInput input, FrameRequest request, CancellationToken cancellationToken)
    {
        if (cores == 1 || request.Accuracy != Accuracy.Exact || request.Position.Time is not { } position)
            return;
        var video = ProbedVideo.Presumed(input);
        var plan = new FrameSearch(video, frame => FrameOutput.Picture(request, frame), position, cores).Begin();
        var encoder = FrameOutput.Encoding(request.OutputName.Format, request.Quality);
        _early = new EarlyRun(tools, ExtractArguments.AwaitingFilters(video, plan, encoder), MaxPicture, cancellationToken);
    }

    /// <param name="video">The video.</param>
    /// <param name="output">Creates the output for a frame.</param>
    /// <param name="position">The requested time, from the start of the video.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="JobFailedException">The picture cannot be made.</exception>
    public async Task<Picture> ExtractAsync(
        ProbedVideo video, Func<FrameTraits, FrameOutput> output, TimeSpan position, CancellationToken cancellationToken)
    {
        try
        {
            return await ExtractAsync(new FrameSearch(video, output, position, cores), video, output, cancellationToken);
        }
        catch (JobFailedException exception) when (exception.Error.Code == JobErrorCode.VideoUnreadable)
        {
            if (await Encryption.IsAnnouncedAsync(tools, video, cancellationToken))
                throw Encryption.Error;
            throw;
        }
    }

    /// <summary>
    /// Makes a picture of the last keyframe that is not after the requested time, or of the frame on screen at that time when there
    /// is no such keyframe or it cannot be decoded.
    /// </summary>
    /// <exception cref="JobFailedException">The picture cannot be made.</exception>
    public async Task<Picture> ExtractKeyframeAsync(
        ProbedVideo video, Func<FrameTraits, FrameOutput> output, TimeSpan position, CancellationToken cancellationToken)
    {
        try
        {
            // One thread, because more would decode the following keyframes too.
            var picture = await ExtractAsync(new FrameSearch(video, output, position, 1, keyframes: true), video, output, cancellationToken);
            if (picture.Position <= position || position <= video.FirstFrame)
                return picture with { Adjustment = picture.Adjustment == FrameAdjustment.FirstFrame ? FrameAdjustment.FirstFrame : null };
        }
        catch (JobFailedException exception) when (exception.Error.Code == JobErrorCode.VideoUnreadable)
        {
            // Damaged, or without keyframes.
        }

        var exact = await ExtractAsync(video, output, position, cancellationToken);
        return exact with { Adjustment = exact.Adjustment ?? FrameAdjustment.NoKeyframe };
    }

    /// <summary>Makes one attempt.</summary>
    /// <param name="video">The video.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="output">The output.</param>
    /// <param name="input">Writes the file, when ffmpeg reads it from its standard input.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="JobFailedException">The picture is too large.</exception>
    public async Task<ExtractionAttempt> RunAsync(
        ProbedVideo video, ExtractionPlan plan, FrameOutput output, Func<Stream, CancellationToken, Task>? input, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await TryEarlyAsync(video, plan, output, cancellationToken) ?? await RunNowAsync(video, plan, output, input, cancellationToken);
        }
        catch (MediaOutputTooLargeException)
        {
            throw new JobFailedException(JobErrorCode.VideoTooLarge, "The picture would be larger than 256 MB. Request a smaller width or height, or JPEG.");
        }
        finally
        {
            _free.Release();
        }
    }

    private async Task<Picture> ExtractAsync(
        FrameSearch search, ProbedVideo video, Func<FrameTraits, FrameOutput> output, CancellationToken cancellationToken)
    {
        var (picture, plan) = ((Picture?)null, search.Begin());
        while (picture is null)
            (picture, plan) = search.Judge(await RunAsync(video, plan!, output(plan!.Traits), null, cancellationToken));
        return picture;
    }

    private async Task<ExtractionAttempt> RunNowAsync(
        ProbedVideo video, ExtractionPlan plan, FrameOutput output, Func<Stream, CancellationToken, Task>? input, CancellationToken cancellationToken)
    {
        var report = new FrameReport(video);
        var arguments = ExtractArguments.For(video, plan, output, report);
        var exit = await MediaProcess.RunAsync(tools.Ffmpeg, arguments, input, MaxPicture, report.TryAdd, cancellationToken);
        return new ExtractionAttempt(plan, output, report, exit);
    }

    // Null if there is no early run, it does not fit, or it failed: this version of ffmpeg may not read filters from standard input.
    private async Task<ExtractionAttempt?> TryEarlyAsync(
        ProbedVideo video, ExtractionPlan plan, FrameOutput output, CancellationToken cancellationToken)
    {
        if (_early is not { } early || !early.TryTake(ExtractArguments.AwaitingFilters(video, plan, output.Encoder)))
            return null;
        var report = new FrameReport(video);
        var exit = await early.FinishAsync(ExtractArguments.Filters(plan, output, report), report.TryAdd, cancellationToken);
        return report.Decoded.Count > 0 ? new ExtractionAttempt(plan, output, report, exit) : null;
    }
}
