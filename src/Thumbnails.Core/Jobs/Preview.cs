namespace Thumbnails.Core.Jobs;

/// <summary>A preview to make: a short animation that repeats.</summary>
public sealed record PreviewRequest
{
    /// <summary>The maximum duration in seconds.</summary>
    public const double MaxDuration = 10;

    /// <summary>The maximum number of segments.</summary>
    public const int MaxSegments = 10;

    /// <summary>The name of the preview, which also selects the format.</summary>
    public required PreviewName OutputName { get; init; }

    /// <summary>Where it starts: a time or a percentage. With several segments, they are spread evenly from there to the end of the video.</summary>
    public FramePosition Start { get; init; } = FramePosition.At(TimeSpan.Zero);

    /// <summary>The duration of the animation in seconds, over all segments.</summary>
    public double Duration { get; init; } = 3;

    /// <summary>The number of pieces of the video, of equal length.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>The maximum width in pixels. The height follows from the shape of the video.</summary>
    public int Width { get; init; } = 320;

    /// <summary>The maximum number of frames per second.</summary>
    public double Fps { get; init; } = 12;

    /// <summary>The action when a picture with this name exists.</summary>
    public IfExists IfExists { get; init; }
}

/// <summary>The outcome of a preview.</summary>
public sealed record PreviewResult
{
    /// <summary>In pixels.</summary>
    public int? Width { get; init; }

    /// <summary>In pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The size of the file.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>The duration of the animation in seconds. Shorter than requested when the video is.</summary>
    public double? Duration { get; init; }

    /// <summary>The number of frames of the animation.</summary>
    public int? FrameCount { get; init; }

    /// <summary>The presentation times at which the segments start, in seconds from the start of the video.</summary>
    public IReadOnlyList<double> SegmentStarts { get; init; } = [];

    /// <summary>A known defect of the preview, for users; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>Why there is no preview.</summary>
    public JobError? Error { get; init; }
}
