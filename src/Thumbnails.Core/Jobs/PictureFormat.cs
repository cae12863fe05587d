using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>The formats of pictures.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<PictureFormat>))]
public enum PictureFormat
{
    /// <summary>Lossless, with transparency.</summary>
    Png,

    /// <summary>Lossy, without transparency.</summary>
    Jpeg,

    /// <summary>Lossy, with transparency.</summary>
    Webp,

    /// <summary>256 colors. Previews only.</summary>
    Gif,
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
        PictureFormat.Gif => "image/gif",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The extension of file names, with its dot.</summary>
    public static string Extension(this PictureFormat format) => format switch
    {
        PictureFormat.Png => ".png",
        PictureFormat.Jpeg => ".jpg",
        PictureFormat.Webp => ".webp",
        PictureFormat.Gif => ".gif",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
