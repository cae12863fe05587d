using System.Text.RegularExpressions;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>Interprets the exit of ffprobe or ffmpeg.</summary>
internal static partial class MediaFailure
{
    /// <param name="exit">The exit of the program, with its messages.</param>
    /// <param name="message">The message for users, if the exit explains nothing.</param>
    /// <param name="otherwise">The code for that message.</param>
    /// <param name="isFinal">Whether other positions in the video would fail too.</param>
    public static JobFailedException Of(
        MediaExit exit, string message, JobErrorCode otherwise = JobErrorCode.VideoUnreadable, bool isFinal = false)
    {
        var (code, text) = Meaning(exit) ?? (otherwise, message);
        return new JobFailedException(code, text, exit.Errors) { IsFinal = isFinal };
    }

    private static (JobErrorCode Code, string Message)? Meaning(MediaExit exit) => exit switch
    {
        { WasKilled: true } => (JobErrorCode.OutOfMemory, "There is not enough memory for this video."),
        { UsedUpItsTime: true } => (JobErrorCode.TimedOut, "The video takes too long to decode."),
        _ when TooManyPixels().IsMatch(exit.Errors) => (JobErrorCode.VideoTooLarge, "The video's pictures are larger than 67 megapixels."),
        _ when Says(exit, "exceeds max_streams") => (JobErrorCode.VideoTooLarge, "The file has more than 100 streams."),
        _ when MissingDecoder().Match(exit.Errors) is { Success: true } codec => (JobErrorCode.VideoUnreadable, $"The codec {codec.Groups[1].Value} is not supported."),
        _ when Says(exit, "moov atom not found") => (JobErrorCode.VideoUnreadable, "The file has no index: it is cut off, or still being written. Upload it again when it is complete."),
        _ when Says(exit, "Cannot allocate memory") => (JobErrorCode.VideoTooLarge, "The video needs more memory to decode than is allowed."),
        _ => null,
    };

    private static bool Says(MediaExit exit, string text) => exit.Errors.Contains(text, StringComparison.Ordinal);

    // As ffmpeg 5 and 7 print it, with ffmpeg's own name of the codec.
    [GeneratedRegex(@"(?:no decoder found for: |Decoder \(codec )(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex MissingDecoder();

    // The first is printed for numbers that overflow ffmpeg's arithmetic, whatever the limit is. A size of zero is invalid too,
    // but not too large.
    [GeneratedRegex("Picture size ([1-9][0-9]*x[1-9][0-9]* is invalid|[0-9x]+ exceeds specified max pixel count)", RegexOptions.CultureInvariant)]
    private static partial Regex TooManyPixels();
}
