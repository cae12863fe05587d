using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storyboards;

namespace Thumbnails.Worker.Previews;

/// <summary>The frames of a preview by their times, from the start of the video.</summary>
/// <param name="Starts">When the segments start.</param>
/// <param name="FramesPerSegment">The number of frames of each segment.</param>
/// <param name="FrameRate">The number of frames per second.</param>
internal sealed record PreviewPlan(IReadOnlyList<TimeSpan> Starts, int FramesPerSegment, double FrameRate)
{
    // The GIF encoder keeps all frames in memory, at 4 bytes per pixel, until it has chosen their colors.
    private const long MaxPixels = FrameRequest.MaxPixels;

    /// <exception cref="JobFailedException">The preview cannot be made.</exception>
    public static PreviewPlan Of(PreviewRequest request, ProbedVideo video)
    {
        var duration = video.Duration!.Value;
        var start = request.Start.In(duration) ?? TimeSpan.Zero;
        // A percentage is never past the end, only exactly at it.
        if (start >= duration && request.Start.Time is null)
            start = duration - TimeSpan.FromTicks(Math.Min(duration.Ticks, Math.Max(1, video.FrameInterval.Ticks)));
        if (start >= duration)
            throw OutOfRange(duration);
        var rate = video.FrameInterval > TimeSpan.Zero ? Math.Min(request.Fps, 1 / video.FrameInterval.TotalSeconds) : request.Fps;
        var length = Math.Min(request.Duration, (duration - start).TotalSeconds) / request.Segments;
        // Each segment starts at the beginning of its share of the video.
        var starts = Enumerable.Range(0, request.Segments).Select(segment => start + segment * (duration - start) / request.Segments);
        return new PreviewPlan([.. starts], Math.Max(1, (int)Math.Round(length * rate)), rate);
    }

    /// <summary>Checks that the preview does not have more pixels than can be encoded.</summary>
    /// <exception cref="JobFailedException">The preview has too many pixels.</exception>
    public void Check(TileFormat size)
    {
        if ((long)size.Width * size.Height * FramesPerSegment * Starts.Count > MaxPixels)
            throw TooLarge(string.Create(CultureInfo.InvariantCulture, $"{Starts.Count * FramesPerSegment} frames of {size.Width} x {size.Height} pixels; all together may have 67 megapixels"));
    }

    public static JobFailedException TooLarge(string what) =>
        new(JobErrorCode.VideoTooLarge, $"The preview would have {what}. Use a smaller width, a shorter duration or fewer frames per second.");

    public static JobFailedException OutOfRange(TimeSpan duration) => new(
        JobErrorCode.PositionOutOfRange,
        string.Create(CultureInfo.InvariantCulture, $"The start of the preview is past the end of the video ({duration.TotalSeconds:0.###} s). Use an earlier start."));
}
