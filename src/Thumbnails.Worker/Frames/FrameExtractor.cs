using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>Makes a picture of the frame that a player shows at a given time.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="cores">How many ffmpegs run at a time, for all callers together; and how many threads each may decode with.</param>
internal sealed class FrameExtractor(MediaTools tools, int cores) : IDisposable
{
    private const int MaxPicture = 256 * 1024 * 1024;

    private readonly SemaphoreSlim _free = new(cores);

    public void Dispose() => _free.Dispose();

    /// <param name="video">The video.</param>
    /// <param name="output">How a frame becomes the picture.</param>
    /// <param name="position">The requested time, from the start of the video.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="JobFailedException">There is no such picture.</exception>
    public async Task<Picture> ExtractAsync(
        ProbedVideo video, Func<FrameTraits, FrameOutput> output, TimeSpan position, CancellationToken cancellationToken)
    {
        var search = new FrameSearch(video, output, position, cores);
        var (picture, plan) = ((Picture?)null, search.Begin());
        while (picture is null)
            (picture, plan) = search.Judge(await AttemptAsync(video, plan!, output(plan!.Traits), cancellationToken));
        return picture;
    }

    private async Task<ExtractionAttempt> AttemptAsync(
        ProbedVideo video, ExtractionPlan plan, FrameOutput output, CancellationToken cancellationToken)
    {
        var report = new FrameReport(video);
        var arguments = ExtractArguments.For(video, plan, output, report);
        await _free.WaitAsync(cancellationToken);
        try
        {
            var exit = await MediaProcess.RunAsync(tools.Ffmpeg, arguments, MaxPicture, report.TryAdd, cancellationToken);
            return new ExtractionAttempt(plan, output, report, exit);
        }
        catch (MediaOutputTooLargeException)
        {
            throw new JobFailedException(JobErrorCode.VideoTooLarge, "The picture would be larger than 256 MB. Ask for a smaller width or height, or for JPEG.");
        }
        finally
        {
            _free.Release();
        }
    }
}
