using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// The outcome of a job, stored as <c>jobs/{id}/result.json</c>. Written once: by the worker, by a cancellation, or by the API when
/// the task stopped without a result. The first one wins.
/// </summary>
public sealed record JobResult
{
    /// <summary>One of the final statuses.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>When the worker started; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The outcome of each frame, in request order; empty when the worker did not reach them.</summary>
    public IReadOnlyList<FrameResult> Frames { get; init; } = [];

    /// <summary>The outcome of the storyboard; null when there was none to make, or the worker did not reach it.</summary>
    public StoryboardResult? Storyboard { get; init; }

    /// <summary>The outcome of the preview; null when there was none to make, or the worker did not reach it.</summary>
    public PreviewResult? Preview { get; init; }

    /// <summary>The properties of the video; null when it could not be read.</summary>
    public VideoInfo? Video { get; init; }

    /// <summary>The durations of the worker's phases.</summary>
    public WorkerTimings? Timings { get; init; }

    /// <summary>The number of bytes of the video that were fetched; null when it is a local file.</summary>
    public long? BytesRead { get; init; }

    /// <summary>The attempt that ended the job, counted from 1; null when no task was started.</summary>
    public int? Attempt { get; init; }

    /// <summary>The last report of the runner about the task, in the runner's own terms; null when the worker ended the job itself.</summary>
    public JsonElement? Task { get; init; }

    /// <summary>Why the job failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>Creates the result of a job that failed without pictures.</summary>
    public static JobResult Failure(JobError error, DateTimeOffset finishedAt) =>
        new() { Status = JobStatus.Failed, FinishedAt = finishedAt, Error = error };
}

/// <summary>The outcome of one frame.</summary>
public sealed record FrameResult
{
    /// <summary>The requested name.</summary>
    public required OutputName OutputName { get; init; }

    /// <summary>The presentation time of the frame in the picture, in seconds from the start of the video.</summary>
    public double? Position { get; init; }

    /// <summary>Why a frame other than the one at the position was used; null when it was not.</summary>
    public FrameAdjustment? Adjustment { get; init; }

    /// <summary>The picture's width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The picture's height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The picture's size in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>A known defect of the picture, for users; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>Why there is no picture.</summary>
    public JobError? Error { get; init; }
}

/// <summary>Why a frame other than the one at the position was used.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FrameAdjustment>))]
public enum FrameAdjustment
{
    /// <summary>The position was past the end, and the request asked for the last frame in that case.</summary>
    Clamped,

    /// <summary>The video stream begins after the position, so its first frame was used.</summary>
    FirstFrame,

    /// <summary>The video stream ends before the position while another stream continues, so its last frame was used.</summary>
    LastFrame,

    /// <summary>Every frame considered for <c>auto</c> is blank, so the least blank one was used.</summary>
    Blank,

    /// <summary>A keyframe was requested, but the video has none that can be used, so the exact frame was used.</summary>
    NoKeyframe,
}

/// <summary>The properties of a video.</summary>
/// <param name="Duration">The duration in seconds, precise to at least a hundredth; null when the container does not state it.</param>
/// <param name="Width">The coded width in pixels, before rotation and sample aspect ratio.</param>
/// <param name="Height">The coded height in pixels.</param>
/// <param name="Codec">The codec as ffmpeg names it, such as <c>h264</c>.</param>
/// <param name="FrameRate">The average number of frames per second; null when unknown.</param>
/// <param name="Rotation">The clockwise rotation that players apply: 0, 90, 180 or 270 degrees.</param>
public sealed record VideoInfo(double? Duration, int Width, int Height, string Codec, double? FrameRate, int Rotation);

/// <summary>The durations of the worker's phases in milliseconds. Phases may overlap.</summary>
/// <param name="ProbeMs">Reading the properties of the video.</param>
/// <param name="ExtractMs">Decoding and encoding, from the start of the first frame to the end of the last one.</param>
/// <param name="UploadMs">Storing the pictures, summed over the frames.</param>
public sealed record WorkerTimings(long ProbeMs, long ExtractMs, long UploadMs);
