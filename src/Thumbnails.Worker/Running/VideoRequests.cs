using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Running;

/// <summary>The requests for one video.</summary>
internal sealed record VideoRequests(IReadOnlyList<FrameRequest> Frames, StoryboardRequest? Storyboard = null, PreviewRequest? Preview = null)
{
    /// <summary>Whether the duration is required, even if it takes reading the whole video.</summary>
    public bool NeedDuration =>
        Storyboard is not null || Preview is not null || Frames.Any(frame => frame.Position.Time is null || frame.Accuracy == Accuracy.Keyframe);
}

/// <summary>The results for one video.</summary>
internal sealed record VideoResults(IReadOnlyList<FrameResult> Frames, StoryboardResult? Storyboard, PreviewResult? Preview)
{
    /// <summary>The errors of everything that failed.</summary>
    public IReadOnlyList<JobError> Errors =>
        [.. Frames.Select(frame => frame.Error).Append(Storyboard?.Error).Append(Preview?.Error).OfType<JobError>()];

    /// <summary>The number of requested items.</summary>
    public int Count => Frames.Count + (Storyboard is null ? 0 : 1) + (Preview is null ? 0 : 1);
}
