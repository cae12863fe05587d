namespace Thumbnails.Client;

/// <summary>A job as the service reports it.</summary>
public sealed record Job
{
    /// <summary>The job's id.</summary>
    public required string Id { get; init; }

    /// <summary>The job's progress.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The video's key.</summary>
    public string VideoKey { get; init; } = "";

    /// <summary>When the job was accepted.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the worker started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The pictures, in the order of the request.</summary>
    public IReadOnlyList<Frame> Frames { get; init; } = [];

    /// <summary>The storyboard; null when none was requested.</summary>
    public Storyboard? Storyboard { get; init; }

    /// <summary>The preview; null when none was requested.</summary>
    public Preview? Preview { get; init; }

    /// <summary>The properties of the video, once the worker has read them.</summary>
    public Video? Video { get; init; }

    /// <summary>The durations of the phases.</summary>
    public JobTimings? Timings { get; init; }

    /// <summary>How many bytes of the video were read from the store.</summary>
    public long? BytesRead { get; init; }

    /// <summary>Why the job failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>The state of the webhook's delivery.</summary>
    public WebhookState? Webhook { get; init; }

    /// <summary>The ECS task that runs the job; null on a single machine.</summary>
    public JobTask? Task { get; init; }

    /// <summary>Throws unless the job succeeded.</summary>
    /// <exception cref="InvalidOperationException">The job failed, was canceled, or has not ended.</exception>
    public void EnsureSucceeded()
    {
        if (Status != JobStatus.Succeeded)
            throw new InvalidOperationException(Error is null ? $"The job {Id} is {Status}." : $"The job {Id} failed ({Error.Code}): {Error.Message}");
    }
}

/// <summary>The progress of a job.</summary>
public enum JobStatus
{
    /// <summary>A status that this version of the client does not know.</summary>
    Unknown,

    /// <summary>Starts when its video has been uploaded.</summary>
    AwaitingUpload,

    /// <summary>Accepted.</summary>
    Queued,

    /// <summary>Its task is being prepared.</summary>
    Starting,

    /// <summary>Its worker is running.</summary>
    Running,

    /// <summary>Every picture is available.</summary>
    Succeeded,

    /// <summary>Ended without all its pictures.</summary>
    Failed,

    /// <summary>Canceled by a client.</summary>
    Canceled,
}

/// <summary>A picture of a job.</summary>
public sealed record Frame
{
    /// <summary>The position of the request.</summary>
    public string RequestedPosition { get; init; } = "";

    /// <summary>The presentation time of the frame, in seconds.</summary>
    public double? Position { get; init; }

    /// <summary>Why a frame other than the one at the position was used, such as <c>clamped</c>; null when it was not.</summary>
    public string? Adjustment { get; init; }

    /// <summary>A known defect of the picture; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>The picture's name.</summary>
    public required string OutputName { get; init; }

    /// <summary>The picture's key in the store.</summary>
    public string Key { get; init; } = "";

    /// <summary>The width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>The size in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>A presigned URL of the picture.</summary>
    public Uri? Url { get; init; }

    /// <summary>When <see cref="Url"/> expires.</summary>
    public DateTimeOffset? UrlExpiresAt { get; init; }

    /// <summary>Why there is no picture.</summary>
    public JobError? Error { get; init; }
}

/// <summary>Why a job or a frame failed.</summary>
/// <param name="Code">The stable code, such as <c>position_out_of_range</c>.</param>
/// <param name="Message">The explanation for users.</param>
public sealed record JobError(string Code, string Message);

/// <summary>The properties of a video.</summary>
/// <param name="Duration">The duration in seconds.</param>
/// <param name="Width">The coded width in pixels.</param>
/// <param name="Height">The coded height in pixels.</param>
/// <param name="Codec">The codec as ffmpeg names it.</param>
/// <param name="FrameRate">The average number of frames per second.</param>
/// <param name="Rotation">The clockwise rotation that players apply, in degrees.</param>
public sealed record Video(double? Duration, int Width, int Height, string Codec, double? FrameRate, int Rotation);

/// <summary>The durations of a job's phases, in milliseconds.</summary>
/// <param name="QueuedMs">Until the task was started.</param>
/// <param name="StartMs">Until the worker started.</param>
/// <param name="ProbeMs">Reading the video's properties.</param>
/// <param name="ExtractMs">Decoding and encoding.</param>
/// <param name="UploadMs">Storing the pictures.</param>
public sealed record JobTimings(long QueuedMs, long StartMs, long? ProbeMs, long? ExtractMs, long? UploadMs);

/// <summary>The state of a webhook's delivery.</summary>
/// <param name="Url">The receiver, without its query.</param>
/// <param name="Status">pending, delivered or failed.</param>
/// <param name="Attempts">The number of attempts so far.</param>
/// <param name="LastStatusCode">The receiver's last HTTP status.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="NextAttemptAt">The earliest time of the next attempt.</param>
public sealed record WebhookState(Uri Url, string Status, int Attempts, int? LastStatusCode, string? LastError, DateTimeOffset? NextAttemptAt);

/// <summary>The ECS task that runs a job.</summary>
/// <param name="Arn">The ARN.</param>
/// <param name="LastStatus">The last known status.</param>
/// <param name="StopCode">Why the task stopped.</param>
/// <param name="StoppedReason">Why the task stopped, in ECS's words.</param>
/// <param name="ExitCode">The exit code of the worker's container.</param>
public sealed record JobTask(string Arn, string? LastStatus, string? StopCode, string? StoppedReason, int? ExitCode);

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last one.</param>
public sealed record JobPage(IReadOnlyList<Job> Jobs, string? NextCursor);

/// <summary>The order of <see cref="JobStatus"/>.</summary>
public static class JobStatuses
{
    /// <summary>Whether a job of this status has ended, and so never changes again.</summary>
    public static bool IsFinal(this JobStatus status) => status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}
