using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Storyboards;

/// <summary>Encodes sheets.</summary>
internal sealed class SheetEncoder(MediaTools tools, PictureFormat format, int? quality)
{
    private const int MaxPicture = 256 * 1024 * 1024;

    /// <summary>Checks that a sheet of this size can be encoded.</summary>
    /// <exception cref="JobFailedException">The sheet is too large.</exception>
    public void Check(long width, long height)
    {
        var side = format switch { PictureFormat.Webp => PictureSize.MaxWebpSide, PictureFormat.Jpeg => PictureSize.MaxJpegSide, _ => int.MaxValue };
        if (Math.Max(width, height) > side)
            throw TooLarge($"Pictures of this format have at most {side} pixels a side.");
        if (width * height > FrameRequest.MaxPixels)
            throw TooLarge("Pictures have at most 67 megapixels.");

        JobFailedException TooLarge(string limit) => new(
            JobErrorCode.VideoTooLarge, $"A sheet of the storyboard would have {width} x {height} pixels. {limit} Use fewer columns or rows, or a smaller width.");
    }

    /// <exception cref="JobFailedException">The sheet cannot be encoded.</exception>
    public async Task<byte[]> EncodeAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        try
        {
            var exit = await MediaProcess.RunAsync(
                tools.Ffmpeg, Arguments(sheet), async (stream, token) => await stream.WriteAsync(sheet.Pixels, token), MaxPicture, null, cancellationToken);
            return exit.Output.Length > 0 ? exit.Output : throw MediaFailure.Of(exit, "A sheet of the storyboard could not be encoded.", JobErrorCode.InternalError);
        }
        catch (MediaOutputTooLargeException)
        {
            throw new JobFailedException(JobErrorCode.VideoTooLarge, "A sheet of the storyboard would be larger than 256 MB. Use fewer columns or rows, or JPEG.");
        }
    }

    private IReadOnlyList<string> Arguments(Sheet sheet) =>
    [
        .. MediaInput.GlobalArguments, "-v", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", string.Create(CultureInfo.InvariantCulture, $"{sheet.Width}x{sheet.Height}"),
        "-i", "pipe:0",
        "-frames:v", "1",
        "-vf", string.Join(',', PictureFilters.FromRgb(format)),
        "-bitexact",
        .. FrameOutput.Encoding(format, quality),
        "pipe:1",
    ];
}
