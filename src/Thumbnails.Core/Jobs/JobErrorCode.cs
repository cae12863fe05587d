using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>Why a job, or one of its frames, failed: the closed list of <c>error.code</c>.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<JobErrorCode>))]
public enum JobErrorCode
{
    /// <summary>The video that the job waited for was never uploaded.</summary>
    UploadMissing,

    /// <summary>The position is past the end of the video.</summary>
    PositionOutOfRange,

    /// <summary>The interval of the storyboard is longer than the video.</summary>
    IntervalOutOfRange,

    /// <summary>The file is not a video that can be decoded.</summary>
    VideoUnreadable,

    /// <summary>The file has no video stream.</summary>
    NoVideoStream,

    /// <summary>The video or the picture exceeds a limit on pixels or bytes.</summary>
    VideoTooLarge,

    /// <summary>A picture with this name exists, and the request asked to fail in that case.</summary>
    OutputExists,

    /// <summary>The time limit was exceeded.</summary>
    TimedOut,

    /// <summary>The memory limit was exceeded.</summary>
    OutOfMemory,

    /// <summary>The container image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>The task could not be started.</summary>
    TaskFailedToStart,

    /// <summary>The task ended without a result.</summary>
    TaskLost,

    /// <summary>Fargate Spot reclaimed the capacity.</summary>
    SpotInterrupted,

    /// <summary>The picture could not be stored.</summary>
    UploadFailed,

    /// <summary>The store was not available.</summary>
    StorageUnavailable,

    /// <summary>An unexpected error in the service.</summary>
    InternalError,
}

/// <summary>Why a job or a frame failed.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">The text for users, without local paths, presigned URLs or stack traces.</param>
public sealed record JobError(JobErrorCode Code, string Message);
