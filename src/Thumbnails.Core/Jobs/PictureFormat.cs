namespace Thumbnails.Core.Jobs;

/// <summary>The formats of pictures.</summary>
public enum PictureFormat
{
    /// <summary>Lossless, with transparency.</summary>
    Png,

    /// <summary>Lossy, without transparency.</summary>
    Jpeg,

    /// <summary>Lossy, with transparency.</summary>
    Webp,
}

/// <summary>The external names of picture formats.</summary>
public static class PictureFormats
{
    /// <summary>The media type, as in a <c>Content-Type</c> header.</summary>
    public static string ContentType(this PictureFormat format) => format switch
    {
        PictureFormat.Png => "image/png",
        PictureFormat.Jpeg => "image/jpeg",
        PictureFormat.Webp => "image/webp",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
