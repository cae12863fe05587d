using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>What the end of ffprobe or ffmpeg means for the job.</summary>
internal static class MediaFailure
{
    public static JobFailedException Of(MediaExit exit, string message)
    {
        if (exit.WasKilled)
            return new JobFailedException(JobErrorCode.OutOfMemory, "There is not enough memory for this video.", exit.Errors);
        return Says(exit, "exceeds specified max pixel count") || Says(exit, "Cannot allocate memory")
            ? new JobFailedException(JobErrorCode.VideoTooLarge, "The video's pictures are larger than 67 megapixels.", exit.Errors)
            : new JobFailedException(JobErrorCode.VideoUnreadable, message, exit.Errors);
    }

    private static bool Says(MediaExit exit, string text) => exit.Errors.Contains(text, StringComparison.Ordinal);
}
