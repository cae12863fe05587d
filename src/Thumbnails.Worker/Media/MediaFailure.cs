using System.Text.RegularExpressions;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>What the end of ffprobe or ffmpeg means for the job.</summary>
internal static partial class MediaFailure
{
    /// <param name="exit">How the program ended, and what it said.</param>
    /// <param name="message">For the caller, where that tells nothing more.</param>
    /// <param name="otherwise">The code that goes with it.</param>
    public static JobFailedException Of(MediaExit exit, string message, JobErrorCode otherwise = JobErrorCode.VideoUnreadable)
    {
        var (code, text) = Meaning(exit) ?? (otherwise, message);
        return new JobFailedException(code, text, exit.Errors);
    }

    private static (JobErrorCode Code, string Message)? Meaning(MediaExit exit) => exit switch
    {
        { WasKilled: true } => (JobErrorCode.OutOfMemory, "There is not enough memory for this video."),
        { UsedUpItsTime: true } => (JobErrorCode.TimedOut, "The video takes too long to decode."),
        _ when TooManyPixels().IsMatch(exit.Errors) => (JobErrorCode.VideoTooLarge, "The video's pictures are larger than 67 megapixels."),
        _ when Says(exit, "exceeds max_streams") => (JobErrorCode.VideoTooLarge, "The file has more than 100 streams."),
        _ when Says(exit, "Cannot allocate memory") => (JobErrorCode.VideoTooLarge, "The video asks for more memory than one may have."),
        _ => null,
    };

    private static bool Says(MediaExit exit, string text) => exit.Errors.Contains(text, StringComparison.Ordinal);

    // The first comes of a number that would not fit ffmpeg's own arithmetic, whatever limit is set. A size of nothing is
    // not valid either, but not large.
    [GeneratedRegex("Picture size ([1-9][0-9]*x[1-9][0-9]* is invalid|[0-9x]+ exceeds specified max pixel count)", RegexOptions.CultureInvariant)]
    private static partial Regex TooManyPixels();
}
