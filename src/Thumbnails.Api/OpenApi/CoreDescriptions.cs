using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.OpenApi;

/// <summary>The descriptions of Core's types that clients see. Core itself does not depend on OpenAPI.</summary>
internal static class CoreDescriptions
{
    public static readonly Dictionary<string, string> Texts = new()
    {
        [nameof(VideoInfo)] = "Properties of a video.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Duration)}"] = "The duration in seconds; null when the file does not state it.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Width)}"] = "The coded width in pixels, before rotation and sample aspect ratio are applied.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Height)}"] = "The coded height in pixels, before rotation and sample aspect ratio are applied.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Codec)}"] = "The codec, such as h264.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.FrameRate)}"] = "The average number of frames per second; null when unknown.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Rotation)}"] = "The clockwise rotation that players apply, in degrees.",
        [nameof(TaskDetails)] = "The ECS task that runs a job, as DescribeTasks reports it.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.Arn)}"] = "The ARN of the task.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.LastStatus)}"] = "The last known status, such as RUNNING.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.DesiredStatus)}"] = "The desired status, such as STOPPED.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.StopCode)}"] = "The code for why the task stopped, such as EssentialContainerExited.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.StoppedReason)}"] = "Why the task stopped, for people.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.ExitCode)}"] = "The exit code of the worker's container; null when it has not exited.",
        [nameof(JobError)] = "Why a job or a picture failed.",
        [$"{nameof(JobError)}.{nameof(JobError.Code)}"] = "What went wrong, for programs: one of a stable list.",
        [$"{nameof(JobError)}.{nameof(JobError.Message)}"] = "What went wrong, for people.",
        [nameof(JobStatus)] = "The status of a job.",
        [nameof(JobErrorCode)] = "Why a job or a picture failed: one of a stable list.",
        [nameof(FrameAdjustment)] = "Why another frame was used than the one at the position.",
        [nameof(Fit)] = "How a picture fits into width and height.",
        [nameof(IfExists)] = "What to do when a picture of this name exists.",
        [nameof(OutOfRange)] = "What to do with a position past the end of the video.",
    };
}
