using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Makes and stores one picture of a probed video.</summary>
internal sealed class FrameJob(
    FrameExtractor extractor, RepresentativeFrame representative, IPictureSink pictures, MediaInput input, ProbedVideo video)
{
    /// <param name="request">The picture.</param>
    /// <param name="begun">The same picture, already on its way.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="JobFailedException">It cannot be made.</exception>
    public async Task<Picture> ExtractAsync(FrameRequest request, Task<Picture>? begun, CancellationToken cancellationToken)
    {
        if (request.IfExists == IfExists.Fail && await pictures.ExistsAsync(request.OutputName, cancellationToken))
            throw OutputExists();
        var time = await TimeOfAsync(request, cancellationToken);
        if (video.EndsLongBefore(time))
            time = request.OutOfRange == OutOfRange.Clamp ? video.Duration!.Value : throw OutOfRangeError(video.Duration!.Value);
        var picture = await (begun ?? extractor.ExtractAsync(input, video, FrameOutput.Picture(request, video), time, cancellationToken));
        return picture.VideoHadEnded && !(time <= video.Duration) && request.OutOfRange == OutOfRange.Error
            ? throw OutOfRangeError(video.Duration ?? picture.Position)
            : picture;
    }

    /// <exception cref="JobFailedException">It cannot be stored.</exception>
    public async Task StoreAsync(FrameRequest request, Picture picture, CancellationToken cancellationToken)
    {
        try
        {
            if (!await pictures.PutAsync(request.OutputName, picture.Content, request.IfExists, cancellationToken))
                throw OutputExists();
        }
        catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(JobErrorCode.UploadFailed, "The picture could not be stored.", exception.ToString());
        }
    }

    private async Task<TimeSpan> TimeOfAsync(FrameRequest request, CancellationToken cancellationToken)
    {
        var duration = video.Duration ?? TimeSpan.Zero;
        return request.Position.In(duration) ?? await representative.FindAsync(input, video, duration, cancellationToken);
    }

    private static JobFailedException OutputExists() =>
        new(JobErrorCode.OutputExists, "A picture of this name exists already.");

    private static JobFailedException OutOfRangeError(TimeSpan end) =>
        new(JobErrorCode.PositionOutOfRange, string.Create(CultureInfo.InvariantCulture, $"The video is only {end.TotalSeconds:0.###} seconds long."));
}
