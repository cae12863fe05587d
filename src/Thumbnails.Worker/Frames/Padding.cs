using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// The filters that surround a frame with a background. They work in RGB, where offsets are exact and colors unambiguous. The
/// background covers the whole picture, so that it shows through transparent video.
/// </summary>
internal static class Padding
{
    // A blurred copy needs no detail, so it is made at this size and enlarged.
    private const int BlurredSide = 64;

    // gblur writes out of bounds on smaller frames.
    private const int MinBlurredSide = 8;

    private const string Centered = "(ow-iw)/2:(oh-ih)/2", Overlay = "overlay=x=(W-w)/2:y=(H-h)/2:format=rgb";

    public static IEnumerable<string> For(Background? background, PictureSize size, FrameTraits frame)
    {
        var color = background is null ? "000000" : background.Color;
        yield return frame.HasAlpha ? "format=rgba" : "format=rgb24";
        if (color is null)
            yield return $"split[frame][copy];[copy]{Blurred(size)}[background];[background][frame]{Overlay}";
        else if (frame.HasAlpha)
            yield return $"split[frame][copy];[copy]scale={size.Width}:{size.Height}:flags=neighbor,format=rgb24,drawbox=color=0x{color}:t=fill[background];[background][frame]{Overlay}";
        else if ((size.Width, size.Height) != (size.ScaledWidth, size.ScaledHeight))
            yield return $"pad={size.Width}:{size.Height}:{Centered}:color=0x{color}";
    }

    // Cropped to the aspect ratio of the picture, so that the copy fills it.
    private static string Blurred(PictureSize size)
    {
        var factor = Math.Min((double)size.ScaledWidth / size.Width, (double)size.ScaledHeight / size.Height);
        var (width, height) = (Whole(size.Width * factor), Whole(size.Height * factor));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"crop={Math.Min(width, size.ScaledWidth)}:{Math.Min(height, size.ScaledHeight)}:exact=1,scale={Small(width)}:{Small(height)}:flags=area:alphablend=uniform_color,format=gbrp,gblur=sigma=2,scale={size.Width}:{size.Height}:flags=bicubic,format=rgb24");

        int Small(int side) => Math.Max(MinBlurredSide, Math.Min(side, side * BlurredSide / Math.Max(width, height)));
    }

    private static int Whole(double value) => Math.Max(1, (int)Math.Round(value));
}
