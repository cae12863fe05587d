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
        [nameof(JobError)] = "Why a job or a picture failed.",
        [$"{nameof(JobError)}.{nameof(JobError.Code)}"] = "What went wrong, for programs: one of a stable list.",
        [$"{nameof(JobError)}.{nameof(JobError.Message)}"] = "What went wrong, for people.",
        [nameof(JobStatus)] = "The status of a job.",
        [nameof(JobErrorCode)] = "Why a job or a picture failed: one of a stable list.",
        [nameof(FrameAdjustment)] = "Why a frame other than the one at the position was used.",
        [nameof(Fit)] = "How a picture fits into width and height.",
        [nameof(Accuracy)] = "How exactly a frame must match the position.",
        [nameof(IfExists)] = "What to do if a picture with this name exists.",
        [nameof(OutOfRange)] = "What to do with a position past the end of the video.",
    };
}
