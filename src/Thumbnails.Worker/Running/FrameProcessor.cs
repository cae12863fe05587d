using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storage;

namespace Thumbnails.Worker.Running;

/// <summary>Makes and stores one picture of a probed video.</summary>
internal sealed class FrameProcessor(FrameExtractor extractor, RepresentativeFrame representative, IPictureSink pictures, ProbedVideo video)
{
    private const string PictureExists = "A picture of this name exists already. Choose another name, or ifExists=replace.";

    private readonly Lock _lock = new();
    private Task<Sample>? _representative;

    /// <param name="request">The request.</param>
    /// <param name="made">The picture, when it has been made already.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="JobFailedException">The picture cannot be made.</exception>
    public async Task<Picture> ExtractAsync(FrameRequest request, Picture? made, CancellationToken cancellationToken)
    {
        if (request.IfExists == IfExists.Fail && await pictures.ExistsAsync(request.OutputName, cancellationToken))
            throw new JobFailedException(JobErrorCode.OutputExists, PictureExists);
        if (made is not null)
            return made;
        if (request.Position.IsAuto)
            return await ExtractRepresentativeAsync(request, cancellationToken);
        var time = request.Position.In(video.Duration ?? TimeSpan.Zero)!.Value;
        var picture = request.Accuracy == Accuracy.Keyframe && time <= video.Duration
            ? await extractor.ExtractKeyframeAsync(video, frame => FrameOutput.Picture(request, frame), time, cancellationToken)
            : await ExtractAsync(request, time, cancellationToken);
        if (request.Position.Time is null || !EndedBefore(time, picture))
            return picture;
        return request.OutOfRange == OutOfRange.Clamp
            ? picture with { Adjustment = FrameAdjustment.Clamped }
            : throw OutOfRangeError(video.Duration > picture.Position ? video.Duration.Value : picture.Position);
    }

    /// <exception cref="JobFailedException">The picture cannot be stored.</exception>
    public Task StoreAsync(FrameRequest request, Picture picture, CancellationToken cancellationToken) => StoreErrors.TranslateAsync(
        () => pictures.PutAsync(request.OutputName, picture.Content, request.IfExists, cancellationToken),
        PictureExists,
        "The picture could not be stored.");

    // The duration in a container may be wrong or missing; the last frame then determines the end.
    private bool EndedBefore(TimeSpan time, Picture picture) =>
        picture.IsLast && time > picture.Position && !(time <= video.Duration) && time >= picture.Position + video.FrameInterval;

    private async Task<Picture> ExtractRepresentativeAsync(FrameRequest request, CancellationToken cancellationToken)
    {
        var frame = await FindRepresentativeAsync(cancellationToken);
        var picture = await ExtractAsync(request, frame.Position, cancellationToken);
        return picture with { Adjustment = frame.IsBlank ? FrameAdjustment.Blank : null };
    }

    // Shared by all pictures of a job that request it.
    private Task<Sample> FindRepresentativeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _representative ??= representative.FindAsync(video, cancellationToken);
    }

    private Task<Picture> ExtractAsync(FrameRequest request, TimeSpan time, CancellationToken cancellationToken) =>
        extractor.ExtractAsync(video, frame => FrameOutput.Picture(request, frame), time, cancellationToken);

    private JobFailedException OutOfRangeError(TimeSpan end)
    {
        var hint = video.IsBroadcast ? " If it plays for longer, its times begin again midway: convert it to MP4 first." : "";
        return new JobFailedException(
            JobErrorCode.PositionOutOfRange,
            string.Create(CultureInfo.InvariantCulture, $"The position is past the end of the video ({end.TotalSeconds:0.###} s). Use outOfRange=clamp to get the last frame.{hint}"));
    }
}
