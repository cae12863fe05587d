using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>Why a job, or one of its frames, failed: the closed list of <c>error.code</c>.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<JobErrorCode>))]
public enum JobErrorCode
{
    /// <summary>The video that the job waited for was never uploaded.</summary>
    UploadMissing,

    /// <summary>The position lies behind the end of the video.</summary>
    PositionOutOfRange,

    /// <summary>The file is not a video that can be decoded.</summary>
    VideoUnreadable,

    /// <summary>The file has no video stream.</summary>
    NoVideoStream,

    /// <summary>The video or the picture is beyond the limits on pixels or bytes.</summary>
    VideoTooLarge,

    /// <summary>The output name is taken, and the request said to fail then.</summary>
    OutputExists,

    /// <summary>The time limit passed.</summary>
    TimedOut,

    /// <summary>The memory limit was reached.</summary>
    OutOfMemory,

    /// <summary>The container image could not be pulled.</summary>
    ImagePullFailed,

    /// <summary>The task could not be started.</summary>
    TaskFailedToStart,

    /// <summary>The task vanished without a result.</summary>
    TaskLost,

    /// <summary>Fargate Spot took the capacity back.</summary>
    SpotInterrupted,

    /// <summary>The picture could not be stored.</summary>
    UploadFailed,

    /// <summary>The store did not answer.</summary>
    StorageUnavailable,

    /// <summary>A fault of the service.</summary>
    InternalError,
}

/// <summary>Why a job or a frame failed.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">For people; holds no path of the machine, no signed address, no stack trace.</param>
public sealed record JobError(JobErrorCode Code, string Message);
