using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Frames;

/// <summary>A picture and the frame that it shows.</summary>
/// <param name="Content">The encoded picture.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Position">The frame's presentation time, from the start of the video.</param>
internal sealed record Picture(byte[] Content, int Width, int Height, TimeSpan Position)
{
    /// <summary>Whether this is the last frame of the video.</summary>
    public bool IsLast { get; init; }

    /// <summary>Why the first or last frame was used, if no frame is on screen at the requested time; otherwise null.</summary>
    public FrameAdjustment? Adjustment { get; init; }
}
