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

    /// <summary>How the picture fits a width and a height.</summary>
    public Fit? Fit { get; init; }

    /// <summary>Whether the picture may become larger than the video.</summary>
    public bool? Enlarge { get; init; }

    /// <summary>1 to 100, for jpg and webp.</summary>
    public int? Quality { get; init; }

    /// <summary>What to do when the name is taken.</summary>
    public IfExists? IfExists { get; init; }

    /// <summary>What to do with a position past the end of the video.</summary>
    public OutOfRange? OutOfRange { get; init; }
}

/// <summary>A job to create: one picture, or several <see cref="Frames"/>.</summary>
public sealed record JobRequest : FrameRequest
{
    /// <summary>The video's key, from an upload. Null only for a job that is sent along with an upload.</summary>
    public string? VideoKey { get; init; }

    /// <summary>1 to 100 pictures, which take from the job what they leave null.</summary>
    public IReadOnlyList<FrameRequest>? Frames { get; init; }

    /// <summary>The URL that the finished job is POSTed to.</summary>
    public Uri? CallbackUrl { get; init; }
}

/// <summary>How a picture fits a width and a height.</summary>
public enum Fit
{
    /// <summary>As large as fits inside, shape kept.</summary>
    Contain,

    /// <summary>Exactly that shape, the rest cut off.</summary>
    Cover,

    /// <summary>Exactly that size, stretched.</summary>
    Fill,
}

/// <summary>What to do when a picture's name is taken.</summary>
public enum IfExists
{
    /// <summary>Replace it.</summary>
    Replace,

    /// <summary>Fail with <c>output_exists</c>.</summary>
    Fail,
}

/// <summary>What to do with a position past the end of the video.</summary>
public enum OutOfRange
{
    /// <summary>Fail with <c>position_out_of_range</c>.</summary>
    Error,

    /// <summary>Take the last frame.</summary>
    Clamp,
}
