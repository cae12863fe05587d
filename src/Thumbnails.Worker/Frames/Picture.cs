using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Frames;

/// <summary>A picture and the frame that it shows.</summary>
/// <param name="Content">The encoded picture.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Position">The frame's presentation time, from the start of the video.</param>
internal sealed record Picture(byte[] Content, int Width, int Height, TimeSpan Position)
{
    /// <summary>Whether the video has no later frame.</summary>
    public bool IsLast { get; init; }

    /// <summary>First or last frame, when no frame was on screen at the asked time; null when one was.</summary>
    public FrameAdjustment? Adjustment { get; init; }
}
