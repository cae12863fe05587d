using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storyboards;

namespace Thumbnails.Worker.Previews;

/// <summary>The arguments of ffmpeg for encoding an animation of the frames on its standard input.</summary>
internal static class PreviewArguments
{
    public static IReadOnlyList<string> For(PictureFormat format, TileFormat size, double frameRate) =>
    [
        .. MediaInput.GlobalArguments, "-v", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24",
        "-video_size", string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}"),
        "-framerate", frameRate.ToString("0.######", CultureInfo.InvariantCulture),
        "-i", "pipe:0",
        // One palette for the whole animation, and a dither pattern that is stable between frames.
        "-vf", format == PictureFormat.Gif
            ? "split[frames][copy];[copy]palettegen=stats_mode=full[palette];[frames][palette]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle"
            : string.Join(',', PictureFilters.FromRgb(format)),
        "-fps_mode", "passthrough",
        "-bitexact",
        // At a lower quality, libwebp keeps blocks of earlier frames where colors change slowly.
        .. format == PictureFormat.Gif ? (string[])["-c:v", "gif"] : ["-c:v", "libwebp_anim", "-quality", "85"],
        // Repeats forever.
        "-loop", "0",
        "-f", format == PictureFormat.Gif ? "gif" : "webp",
        "pipe:1",
    ];
}
