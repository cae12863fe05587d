namespace Thumbnails.Client;

/// <summary>A preview to make: a short animation that repeats. Members that are null take the service's default.</summary>
public sealed record PreviewRequest
{
    /// <summary>Its name, folders allowed; its extension (webp, gif) chooses the format.</summary>
    public required string OutputName { get; init; }

    /// <summary>Where it starts: a time or a percentage.</summary>
    public FramePosition? Start { get; init; }

    /// <summary>Its duration in seconds, at most 10.</summary>
    public double? Duration { get; init; }

    /// <summary>The number of pieces of the video, 1 to 10.</summary>
    public int? Segments { get; init; }

    /// <summary>The maximum width, in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The maximum number of frames per second.</summary>
    public double? Fps { get; init; }
}

/// <summary>The preview of a job. Members are null until it exists.</summary>
public sealed record Preview
{
    /// <summary>Its name.</summary>
    public required string OutputName { get; init; }

    /// <summary>Its key in the store.</summary>
    public string Key { get; init; } = "";

    /// <summary>A presigned URL.</summary>
    public Uri? Url { get; init; }

    /// <summary>When <see cref="Url"/> expires.</summary>
    public DateTimeOffset? UrlExpiresAt { get; init; }

    /// <summary>In pixels.</summary>
    public int? Width { get; init; }

    /// <summary>In pixels.</summary>
    public int? Height { get; init; }

    /// <summary>In bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>In seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The number of frames.</summary>
    public int? FrameCount { get; init; }

    /// <summary>Where in the video the segments start, in seconds.</summary>
    public IReadOnlyList<double> SegmentStarts { get; init; } = [];

    /// <summary>A known defect; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>Why there is no preview.</summary>
    public JobError? Error { get; init; }
}
