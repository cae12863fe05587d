using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Storyboards;

/// <summary>
/// Converts frames to tiles of one size. The aspect ratio is that of the first frame; other frames are padded with black.
/// </summary>
internal sealed record TileFormat(int Width, int Height)
{
    // The extension selects RGB.
    private static readonly OutputName Name = OutputName.Parse("tile.png");

    public int Bytes => Width * Height * 3;

    public static TileFormat Of(int width, FrameTraits first)
    {
        var size = PictureSize.Of(new FrameRequest { Position = FramePosition.At(TimeSpan.Zero), OutputName = Name, Width = width }, first);
        return new TileFormat(size.Width, size.Height);
    }

    public FrameOutput Output(FrameTraits frame) => FrameOutput.Raw(
        new FrameRequest { Position = FramePosition.At(TimeSpan.Zero), OutputName = Name, Width = Width, Height = Height, Fit = Fit.Pad }, frame);

    /// <summary>Returns the frame without deinterlacing, if the tile has no more lines than a field.</summary>
    public FrameTraits Simplified(FrameTraits frame) => frame with { IsInterlaced = frame.IsInterlaced && (frame.IsField || 2 * Height > frame.Height) };
}
