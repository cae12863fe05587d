using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// What was asked for, as <c>jobs/{id}/job.json</c> holds it. Never changes once written; what became of it is a
/// <see cref="JobResult"/>.
/// </summary>
public sealed record Job
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The video's key in the store.</summary>
    public required ObjectKey VideoKey { get; init; }

    /// <summary>The frames to extract, 1 to <see cref="MaxFrames"/>, with distinct output names.</summary>
    public required IReadOnlyList<FrameRequest> Frames { get; init; }

    /// <summary>When the job was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The longest that the worker may take, in seconds of wall-clock time.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary>
    /// When the address for the video's upload stops working, for a job that was accepted before its video was there and
    /// starts when it is. Null for every other job.
    /// </summary>
    public DateTimeOffset? UploadExpiresAt { get; init; }

    /// <summary>Who is to be told when the job has ended; null when nobody is.</summary>
    public JobCallback? Callback { get; init; }

    /// <summary>The most frames in one job.</summary>
    public const int MaxFrames = 100;
}

/// <summary>Who is to be told when a job has ended.</summary>
/// <param name="Url">The receiver's address. Its query may be a secret, not to be logged.</param>
/// <param name="ApiAddress">Where the client reached the API: addresses that the API serves itself are told under it.</param>
public sealed record JobCallback(Uri Url, Uri ApiAddress);

/// <summary>One picture to make.</summary>
public sealed record FrameRequest
{
    /// <summary>The most pixels of a picture: 8192 x 8192.</summary>
    public const int MaxPixels = 8192 * 8192;

    /// <summary>Where in the video.</summary>
    public required FramePosition Position { get; init; }

    /// <summary>Under which name, and in which format.</summary>
    public required OutputName OutputName { get; init; }

    /// <summary>The width to fit, in pixels; null leaves it to the height and the video.</summary>
    public int? Width { get; init; }

    /// <summary>The height to fit, in pixels; null leaves it to the width and the video.</summary>
    public int? Height { get; init; }

    /// <summary>How the picture fits a width and a height.</summary>
    public Fit Fit { get; init; }

    /// <summary>Whether a picture may become larger than the video.</summary>
    public bool Enlarge { get; init; }

    /// <summary>1 to 100; null is the format's default. PNG is lossless and ignores it.</summary>
    public int? Quality { get; init; }

    /// <summary>What to do when the name is taken.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>What to do with a position behind the end of the video.</summary>
    public OutOfRange OutOfRange { get; init; }
}

/// <summary>How a picture fits a width and a height.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Fit>))]
public enum Fit
{
    /// <summary>As large as fits inside, shape kept.</summary>
    Contain,

    /// <summary>Exactly that shape, the rest cut off evenly.</summary>
    Cover,

    /// <summary>Exactly that size, stretched.</summary>
    Fill,
}

/// <summary>What to do when a picture of the same name is there already.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<IfExists>))]
public enum IfExists
{
    /// <summary>Replace it.</summary>
    Replace,

    /// <summary>Fail with <see cref="JobErrorCode.OutputExists"/>.</summary>
    Fail,
}

/// <summary>What to do with a position behind the end of the video.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<OutOfRange>))]
public enum OutOfRange
{
    /// <summary>Fail with <see cref="JobErrorCode.PositionOutOfRange"/>.</summary>
    Error,

    /// <summary>Take the last frame.</summary>
    Clamp,
}
