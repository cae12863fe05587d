using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>The plan for one attempt at a frame.</summary>
/// <param name="Seek">
/// The time to seek to, by the file's clock: decoding starts at the last keyframe before it. Null for the start of the file.
/// </param>
/// <param name="Choice">Selects the frame.</param>
/// <param name="Traits">The expected properties of the frame.</param>
/// <param name="Threads">The number of decoding threads.</param>
internal sealed record ExtractionPlan(TimeSpan? Seek, FrameChoice Choice, FrameTraits Traits, int Threads)
{
    /// <summary>Whether only keyframes are decoded.</summary>
    public bool KeyframesOnly { get; init; }
}

/// <summary>The outcome of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Output">How the picture was made.</param>
/// <param name="Report">The frames that ffmpeg reported.</param>
/// <param name="Exit">How ffmpeg exited; its output is the picture.</param>
internal sealed record ExtractionAttempt(ExtractionPlan Plan, FrameOutput Output, FrameReport Report, MediaExit Exit);
