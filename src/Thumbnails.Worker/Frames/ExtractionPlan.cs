using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>How one attempt at a frame goes about it.</summary>
/// <param name="Seek">Where to begin, by the file's own clock: at the last keyframe before this. Null for the file's start.</param>
/// <param name="Choice">Which frame becomes the picture.</param>
/// <param name="Traits">What the frame is taken to be like.</param>
/// <param name="Threads">How many threads may decode.</param>
internal sealed record ExtractionPlan(TimeSpan? Seek, FrameChoice Choice, FrameTraits Traits, int Threads)
{
    /// <summary>Whether the other frames are not even decoded.</summary>
    public bool KeyframesOnly { get; init; }
}

/// <summary>What came of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Output">How the picture was made.</param>
/// <param name="Report">The frames that were seen.</param>
/// <param name="Exit">How ffmpeg ended; its output is the picture.</param>
internal sealed record ExtractionAttempt(ExtractionPlan Plan, FrameOutput Output, FrameReport Report, MediaExit Exit);
