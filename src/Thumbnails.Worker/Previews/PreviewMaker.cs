using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storage;

namespace Thumbnails.Worker.Previews;

/// <summary>
/// Makes and stores a preview. Frames are piped from the ffmpeg that decodes a segment to the one that encodes them all.
/// </summary>
internal sealed class PreviewMaker(MediaTools tools, JobObjects objects, int threads)
{
    private const int MaxBytes = 20 * 1024 * 1024;

    /// <exception cref="JobFailedException">The preview cannot be made.</exception>
    public async Task<PreviewResult> RunAsync(PreviewRequest request, ProbedVideo video, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Preview(request.OutputName);
        if (request.IfExists == IfExists.Fail && await objects.ExistsAsync(key, cancellationToken))
            throw new JobFailedException(JobErrorCode.OutputExists, "A preview of this name exists already. Choose another name, or ifExists=replace.");
        var plan = PreviewPlan.Of(request, video);
        await using var segments = new SegmentReader(tools, video, plan, threads);
        var size = await segments.BeginAsync(request.Width, cancellationToken);
        plan.Check(size);
        var content = await EncodeAsync(request, plan, segments, cancellationToken);
        await objects.StoreAsync(key, request.OutputName.Format.ContentType(), content, request.IfExists, cancellationToken);
        return new PreviewResult
        {
            Width = size.Width,
            Height = size.Height,
            SizeBytes = content.Length,
            Duration = Math.Round(segments.FrameCount / plan.FrameRate, 3),
            FrameCount = segments.FrameCount,
            SegmentStarts = segments.Starts,
            Warning = video.Warning,
        };
    }

    private async Task<byte[]> EncodeAsync(PreviewRequest request, PreviewPlan plan, SegmentReader segments, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = PreviewArguments.For(request.OutputName.Format, segments.Format, plan.FrameRate);
            var exit = await MediaProcess.RunAsync(tools.Ffmpeg, arguments, segments.CopyAsync, MaxBytes, null, cancellationToken);
            return exit.Output.Length > 0 ? exit.Output : throw MediaFailure.Of(exit, "The preview could not be encoded.", JobErrorCode.InternalError);
        }
        catch (MediaOutputTooLargeException)
        {
            throw PreviewPlan.TooLarge("more than 20 MB");
        }
    }
}
