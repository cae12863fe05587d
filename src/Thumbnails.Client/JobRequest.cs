namespace Thumbnails.Client;

/// <summary>A picture to make. Members that are null take the service's default.</summary>
public record FrameRequest
{
    /// <summary>The position in the video.</summary>
    public FramePosition? Position { get; init; }

    /// <summary>The picture's name, folders allowed; its extension (png, jpg, jpeg, webp) chooses the format.</summary>
    public string? OutputName { get; init; }

    /// <summary>The width to fit, in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The height to fit, in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>How the picture fits into width and height.</summary>
    public Fit? Fit { get; init; }

    /// <summary>What surrounds the frame with <see cref="Thumbnails.Client.Fit.Pad"/>: a hex color (<c>#1a2b3c</c>), or <c>blur</c>.</summary>
    public string? Background { get; init; }

    /// <summary>Whether the picture may become larger than the video.</summary>
    public bool? Enlarge { get; init; }

    /// <summary>The quality, 1 to 100, for jpg and webp.</summary>
    public int? Quality { get; init; }

    /// <summary>The action when a picture with this name exists.</summary>
    public IfExists? IfExists { get; init; }

    /// <summary>The action for a position past the end of the video.</summary>
    public OutOfRange? OutOfRange { get; init; }

    /// <summary>How exactly the frame must match the position.</summary>
    public Accuracy? Accuracy { get; init; }
}

/// <summary>A job to create: one picture, or several <see cref="Frames"/>, a storyboard, a preview, or any of these together.</summary>
/// <remarks>Of the options of pictures, a job without pictures accepts only <see cref="FrameRequest.IfExists"/>.</remarks>
public sealed record JobRequest : FrameRequest
{
    /// <summary>The video's key, from an upload. Null only for a job in an upload request.</summary>
    public string? VideoKey { get; init; }

    /// <summary>The pictures, 1 to 100. They inherit null members from the job.</summary>
    public IReadOnlyList<FrameRequest>? Frames { get; init; }

    /// <summary>The storyboard to make.</summary>
    public StoryboardRequest? Storyboard { get; init; }

    /// <summary>The preview to make.</summary>
    public PreviewRequest? Preview { get; init; }

    /// <summary>The URL that receives a webhook when the job has ended.</summary>
    public Uri? CallbackUrl { get; init; }
}

/// <summary>How a picture fits into width and height.</summary>
public enum Fit
{
    /// <summary>As large as fits, keeping the aspect ratio.</summary>
    Contain,

    /// <summary>Exactly that size, keeping the aspect ratio and cropping.</summary>
    Cover,

    /// <summary>Exactly that size, stretched.</summary>
    Fill,

    /// <summary>Exactly that size, keeping the aspect ratio and surrounded by <see cref="FrameRequest.Background"/>.</summary>
    Pad,
}

/// <summary>How exactly a frame must match the position.</summary>
public enum Accuracy
{
    /// <summary>The frame that a player shows at the position.</summary>
    Exact,

    /// <summary>The keyframe at or before the position, which is much cheaper in a long video.</summary>
    Keyframe,
}

/// <summary>The action when a picture with this name exists.</summary>
public enum IfExists
{
    /// <summary>Replace it.</summary>
    Replace,

    /// <summary>Fail with <c>output_exists</c>.</summary>
    Fail,
}

/// <summary>The action for a position past the end of the video.</summary>
public enum OutOfRange
{
    /// <summary>Fail with <c>position_out_of_range</c>.</summary>
    Error,

    /// <summary>Use the last frame.</summary>
    Clamp,
}
