using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Running;

/// <summary>What is to be made of a video.</summary>
internal sealed record VideoRequests(IReadOnlyList<FrameRequest> Frames, StoryboardRequest? Storyboard = null, PreviewRequest? Preview = null)
{
    /// <summary>Whether the duration must be known, even if the whole video must be read for it.</summary>
    public bool NeedDuration =>
        Storyboard is not null || Preview is { Segments: > 1 } or { Start.Time: null }
        || Frames.Any(frame => frame.Position.Time is null || frame.Accuracy == Accuracy.Keyframe);
}

/// <summary>What became of it.</summary>
internal sealed record VideoResults(IReadOnlyList<FrameResult> Frames, StoryboardResult? Storyboard, PreviewResult? Preview)
{
    /// <summary>The errors of everything that failed.</summary>
    public IReadOnlyList<JobError> Errors =>
        [.. Frames.Select(frame => frame.Error).Append(Storyboard?.Error).Append(Preview?.Error).OfType<JobError>()];

    /// <summary>The number of everything that was requested.</summary>
    public int Count => Frames.Count + (Storyboard is null ? 0 : 1) + (Preview is null ? 0 : 1);
}
