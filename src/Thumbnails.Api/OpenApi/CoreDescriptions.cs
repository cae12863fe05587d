using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.OpenApi;

/// <summary>The descriptions of Core's types that clients see; Core itself knows nothing of documents.</summary>
internal static class CoreDescriptions
{
    public static readonly Dictionary<string, string> Texts = new()
    {
        [nameof(VideoInfo)] = "What the video is.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Duration)}"] = "In seconds; null when the file does not tell.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Width)}"] = "In pixels as coded: before rotation and sample aspect ratio.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Height)}"] = "In pixels as coded.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Codec)}"] = "The codec, such as h264.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.FrameRate)}"] = "Frames per second on average; null when unknown.",
        [$"{nameof(VideoInfo)}.{nameof(VideoInfo.Rotation)}"] = "How far a player turns the picture clockwise, in degrees.",
        [nameof(TaskDetails)] = "The ECS task that runs a job, as DescribeTasks tells it.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.Arn)}"] = "The task's ARN.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.LastStatus)}"] = "Its last known status, such as RUNNING.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.DesiredStatus)}"] = "The status that ECS wants it to have.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.StopCode)}"] = "Why it stopped, such as EssentialContainerExited.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.StoppedReason)}"] = "Why it stopped, in words.",
        [$"{nameof(TaskDetails)}.{nameof(TaskDetails.ExitCode)}"] = "The exit code of the worker's container; null when it never ran.",
        [nameof(JobError)] = "Why a job or a picture failed.",
        [$"{nameof(JobError)}.{nameof(JobError.Code)}"] = "For programs: one of a closed list that does not change.",
        [$"{nameof(JobError)}.{nameof(JobError.Message)}"] = "For people.",
    };
}
