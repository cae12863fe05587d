using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Documents;

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
        [nameof(JobError)] = "Why a job or a picture failed.",
        [$"{nameof(JobError)}.{nameof(JobError.Code)}"] = "For programs: one of a closed list that does not change.",
        [$"{nameof(JobError)}.{nameof(JobError.Message)}"] = "For people.",
    };
}
