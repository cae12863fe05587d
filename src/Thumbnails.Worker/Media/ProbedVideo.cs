using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Media;

/// <summary>What the extraction needs to know of a video.</summary>
internal sealed record ProbedVideo
{
    /// <summary>What most videos are, and what an extraction that does not wait for the probe takes for granted.</summary>
    public static readonly ProbedVideo Plain = new()
    {
        Info = new VideoInfo(null, 0, 0, "", null, 0),
        IsFirst = true,
    };

    public required VideoInfo Info { get; init; }

    /// <summary>The stream's index in the file; null for the first one that is not cover art.</summary>
    public int? StreamIndex { get; init; }

    public bool IsFirst { get; init; }

    /// <summary>Null for a video in standard dynamic range.</summary>
    public HdrColors? Hdr { get; init; }

    public bool HasAlpha { get; init; }

    /// <summary>The only decoder that does it justice; null for ffmpeg's own choice.</summary>
    public string? Decoder { get; init; }

    public bool IsInterlaced { get; init; }

    /// <summary>Whether an extraction that took <see cref="Plain"/> for granted made the right picture.</summary>
    public bool IsPlain => IsFirst && Hdr is null && !HasAlpha && !IsInterlaced;

    // Some containers only let their duration be estimated. Up to this much behind it, the frames themselves are asked.
    private static readonly TimeSpan DurationError = TimeSpan.FromSeconds(10);

    /// <summary>Whether a time lies before the end, even where the duration is known only roughly.</summary>
    public bool SurelyLastsUntil(TimeSpan time) => time < Duration - TimeSpan.FromSeconds(0.1);

    /// <summary>Whether a time lies so far behind the end that no look at the frames is needed.</summary>
    public bool EndsLongBefore(TimeSpan time) => time - DurationError > Duration;

    /// <summary>How long a frame stays on screen on average; nothing when unknown.</summary>
    public TimeSpan FrameInterval => Info.FrameRate is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;

    public TimeSpan? Duration => Info.Duration is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
