using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>The size of a picture: what a frame is scaled to, and what remains after cropping or padding.</summary>
/// <param name="ScaledWidth">The scaled width in pixels.</param>
/// <param name="ScaledHeight">The scaled height in pixels.</param>
/// <param name="Width">The width in pixels, at most the scaled width unless the picture is padded.</param>
/// <param name="Height">The height in pixels, at most the scaled height unless the picture is padded.</param>
internal sealed record PictureSize(int ScaledWidth, int ScaledHeight, int Width, int Height)
{
    /// <summary>The limits of the formats, in pixels.</summary>
    public const int MaxWebpSide = 16_383, MaxJpegSide = 65_500;

    /// <exception cref="JobFailedException">The size exceeds a limit.</exception>
    public static PictureSize Of(FrameRequest request, FrameTraits frame)
    {
        // With square pixels, and with the lines of both fields.
        var (width, height) = frame.IsField ? (FieldWidth(frame), 2.0 * frame.Height) : (frame.Width * frame.PixelAspect, frame.Height);
        return Checked(request, Of(request, width, height));
    }

    private static PictureSize Of(FrameRequest request, double width, double height)
    {
        if (request is { Fit: Fit.Fill, Width: { } w, Height: { } h })
            return Whole(Math.Floor(Limited(w, width)), Math.Floor(Limited(h, height)));
        var factor = Limited(Factor(request, width, height), 1);
        var scaled = Whole(Rounded(width * factor), Rounded(height * factor));
        if (request is { Fit: Fit.Pad, Width: { } canvasWidth, Height: { } canvasHeight })
            return scaled with { Width = canvasWidth, Height = canvasHeight };
        if (request is not { Fit: Fit.Cover, Width: { } cutWidth, Height: { } cutHeight })
            return scaled;
        return scaled with
        {
            Width = (int)Math.Min(scaled.Width, Math.Max(1, Rounded(scaled.Height * (double)cutWidth / cutHeight))),
            Height = (int)Math.Min(scaled.Height, Math.Max(1, Rounded(scaled.Width * (double)cutHeight / cutWidth))),
        };

        double Limited(double wanted, double limit) => request.Enlarge ? wanted : Math.Min(limit, wanted);
    }

    private static double Factor(FrameRequest request, double width, double height)
    {
        var (byWidth, byHeight) = (request.Width / width, request.Height / height);
        if (byWidth is not { } w || byHeight is not { } h)
            return byWidth ?? byHeight ?? 1;
        return request.Fit == Fit.Cover ? Math.Max(w, h) : Math.Min(w, h);
    }

    private static PictureSize Whole(double width, double height)
    {
        var (w, h) = ((int)Math.Clamp(width, 1, int.MaxValue), (int)Math.Clamp(height, 1, int.MaxValue));
        return new PictureSize(w, h, w, h);
    }

    private static double Rounded(double value) => Math.Round(value, MidpointRounding.AwayFromZero);

    // Some encoders store the pixel aspect ratio of the complete picture, others that of a field, whose pixels are twice as
    // high.
    private static double FieldWidth(FrameTraits frame) => frame.Width * (frame.PixelAspect < 0.75 ? 2 * frame.PixelAspect : frame.PixelAspect);

    private static PictureSize Checked(FrameRequest request, PictureSize size)
    {
        var side = Math.Max(size.Width, size.Height);
        if (request.OutputName.Format == PictureFormat.Webp && side > MaxWebpSide)
            throw TooLarge($"WebP pictures have at most {MaxWebpSide} pixels a side. Request a smaller width or height, or PNG.");
        if (request.OutputName.Format == PictureFormat.Jpeg && side > MaxJpegSide)
            throw TooLarge($"JPEG pictures have at most {MaxJpegSide} pixels a side. Request a smaller width or height, or PNG.");
        if (Math.Max((long)size.ScaledWidth * size.ScaledHeight, (long)size.Width * size.Height) > FrameRequest.MaxPixels)
            throw TooLarge("that is more than 67 megapixels. Request a smaller width or height.");
        return size;

        JobFailedException TooLarge(string limit) =>
            new(JobErrorCode.VideoTooLarge, $"The picture {request.OutputName} would have {size.Width} x {size.Height} pixels; {limit}");
    }
}
