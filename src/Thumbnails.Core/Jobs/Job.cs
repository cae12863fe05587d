using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// A job as requested, stored as <c>jobs/{id}/job.json</c>. It never changes; its outcome is a <see cref="JobResult"/>.
/// </summary>
public sealed record Job
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The video's key in the store.</summary>
    public required ObjectKey VideoKey { get; init; }

    /// <summary>
    /// The frames to extract, at most <see cref="MaxFrames"/>, with different output names. Empty only when the job makes a
    /// storyboard or a preview.
    /// </summary>
    public required IReadOnlyList<FrameRequest> Frames { get; init; }

    /// <summary>The storyboard to make; null for none.</summary>
    public StoryboardRequest? Storyboard { get; init; }

    /// <summary>The preview to make; null for none.</summary>
    public PreviewRequest? Preview { get; init; }

    /// <summary>
    /// 128 random bits in hexadecimal. They grant access to the storyboard without other credentials. Null without a storyboard.
    /// </summary>
    public string? ViewSecret { get; init; }

    /// <summary>When the job was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time limit of the worker, in seconds of wall-clock time.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary>
    /// When the video's upload URL expires, for a job that starts after the upload. Null for every other job.
    /// </summary>
    public DateTimeOffset? UploadExpiresAt { get; init; }

    /// <summary>The receiver of the job's webhook; null when there is none.</summary>
    public JobCallback? Callback { get; init; }

    /// <summary>The maximum number of frames in a job.</summary>
    public const int MaxFrames = 100;
}

/// <summary>The receiver of a job's webhook.</summary>
/// <param name="Url">The receiver's URL. Its query may be a secret, so it is never logged.</param>
/// <param name="ApiUrl">The base URL of the API that the client used. URLs in the webhook that the API serves itself start with it.</param>
public sealed record JobCallback(Uri Url, Uri ApiUrl);

/// <summary>One picture to make.</summary>
public sealed record FrameRequest
{
    /// <summary>The maximum number of pixels in a picture: 8192 x 8192.</summary>
    public const int MaxPixels = 8192 * 8192;

    /// <summary>The position in the video.</summary>
    public required FramePosition Position { get; init; }

    /// <summary>The name of the picture, which also selects the format.</summary>
    public required OutputName OutputName { get; init; }

    /// <summary>The width in pixels; null to derive it from the height and the video.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels; null to derive it from the width and the video.</summary>
    public int? Height { get; init; }

    /// <summary>How the picture fits into width and height.</summary>
    public Fit Fit { get; init; }

    /// <summary>Whether the picture may be larger than the video.</summary>
    public bool Enlarge { get; init; }

    /// <summary>The quality, 1 to 100; null for the format's default. Ignored for PNG, which is lossless.</summary>
    public int? Quality { get; init; }

    /// <summary>The action when a picture with this name exists.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>The action for a position past the end of the video.</summary>
    public OutOfRange OutOfRange { get; init; }

    /// <summary>How exactly the frame must match the position.</summary>
    public Accuracy Accuracy { get; init; }

    /// <summary>What surrounds the frame with <see cref="Fit.Pad"/>; null for black.</summary>
    public Background? Background { get; init; }
}

/// <summary>How exactly a frame must match the position.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Accuracy>))]
public enum Accuracy
{
    /// <summary>The frame that a player shows at the position.</summary>
    Exact,

    /// <summary>The keyframe at or before the position, which costs the decoding of one frame.</summary>
    Keyframe,
}

/// <summary>How a picture fits into width and height.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Fit>))]
public enum Fit
{
    /// <summary>As large as fits, keeping the aspect ratio.</summary>
    Contain,

    /// <summary>Exactly that size, keeping the aspect ratio and cropping evenly.</summary>
    Cover,

    /// <summary>Exactly that size, stretched.</summary>
    Fill,

    /// <summary>Exactly that size, keeping the aspect ratio and surrounded by a <see cref="Background"/>.</summary>
    Pad,
}

/// <summary>The action when a picture with the same name exists.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<IfExists>))]
public enum IfExists
{
    /// <summary>Replace it.</summary>
    Replace,

    /// <summary>Fail with <see cref="JobErrorCode.OutputExists"/>.</summary>
    Fail,
}

/// <summary>The action for a position past the end of the video.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<OutOfRange>))]
public enum OutOfRange
{
    /// <summary>Fail with <see cref="JobErrorCode.PositionOutOfRange"/>.</summary>
    Error,

    /// <summary>Use the last frame.</summary>
    Clamp,
}
