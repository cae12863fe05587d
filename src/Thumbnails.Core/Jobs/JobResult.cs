using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// How a job ended, as <c>jobs/{id}/result.json</c> holds it. Written once: by the worker, by whoever cancels the job, or
/// by whoever finds its task stopped. The first one wins.
/// </summary>
public sealed record JobResult
{
    /// <summary>One of the final statuses.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>When the worker began; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>What became of each frame, in the order of the request; empty when the worker never came to them.</summary>
    public IReadOnlyList<FrameResult> Frames { get; init; } = [];

    /// <summary>The video, as far as it could be read.</summary>
    public VideoInfo? Video { get; init; }

    /// <summary>How long the worker's phases took.</summary>
    public WorkerTimings? Timings { get; init; }

    /// <summary>How many bytes of the video were fetched from the store; null when it is a file of the worker's machine.</summary>
    public long? BytesRead { get; init; }

    /// <summary>The attempt that ended the job, counted from 1; null when no task was started for it.</summary>
    public int? Attempt { get; init; }

    /// <summary>What the runner last reported about the task, in the runner's own terms, when the worker did not end the job itself.</summary>
    public JsonElement? Task { get; init; }

    /// <summary>Why the job failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>A result that only tells why the job has no pictures.</summary>
    public static JobResult Failure(JobError error, DateTimeOffset finishedAt) =>
        new() { Status = JobStatus.Failed, FinishedAt = finishedAt, Error = error };
}

/// <summary>What became of one frame.</summary>
public sealed record FrameResult
{
    /// <summary>The name that the request gave.</summary>
    public required OutputName OutputName { get; init; }

    /// <summary>The presentation time of the frame in the picture, in seconds from the start of the video.</summary>
    public double? Position { get; init; }

    /// <summary>What was done about a position that no frame was on screen at; null when one was.</summary>
    public FrameAdjustment? Adjustment { get; init; }

    /// <summary>The picture's width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The picture's height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The picture's size in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>What is known to be wrong with the picture, for people; null when nothing is.</summary>
    public string? Warning { get; init; }

    /// <summary>Why there is no picture.</summary>
    public JobError? Error { get; init; }
}

/// <summary>What was done about a position that no frame was on screen at.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FrameAdjustment>))]
public enum FrameAdjustment
{
    /// <summary>The position lay behind the end, and the request said to take the last frame then.</summary>
    Clamped,

    /// <summary>The pictures begin later than the position: their first one was taken.</summary>
    FirstFrame,

    /// <summary>The pictures end before the position, and something else of the video goes on: their last one was taken.</summary>
    LastFrame,

    /// <summary>Every frame that was looked at for <c>auto</c> is blank: the least blank one was taken.</summary>
    Blank,
}

/// <summary>What a video is.</summary>
/// <param name="Duration">In seconds, to hundredths at least; null when the container does not tell.</param>
/// <param name="Width">In pixels as coded: before rotation and sample aspect ratio.</param>
/// <param name="Height">In pixels as coded.</param>
/// <param name="Codec">ffmpeg's name of the codec, such as <c>h264</c>.</param>
/// <param name="FrameRate">Frames per second on average; null when unknown.</param>
/// <param name="Rotation">How far a player turns the picture clockwise: 0, 90, 180 or 270 degrees.</param>
public sealed record VideoInfo(double? Duration, int Width, int Height, string Codec, double? FrameRate, int Rotation);

/// <summary>How long the worker's phases took, in milliseconds. Phases may overlap.</summary>
/// <param name="ProbeMs">Reading what the video is.</param>
/// <param name="ExtractMs">Decoding and encoding, from the first frame's start to the last one's end.</param>
/// <param name="UploadMs">Storing the pictures, summed over the frames.</param>
public sealed record WorkerTimings(long ProbeMs, long ExtractMs, long UploadMs);
