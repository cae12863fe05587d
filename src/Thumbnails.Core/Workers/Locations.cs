using System.Diagnostics.CodeAnalysis;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Workers;

/// <summary>Which store.</summary>
public abstract record StoreLocation
{
    private StoreLocation()
    {
    }

    /// <summary>An S3 bucket.</summary>
    /// <param name="Name">Its name.</param>
    public sealed record Bucket(string Name) : StoreLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Name;
    }

    /// <summary>A folder of this machine.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record Folder(string Path) : StoreLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }
}

/// <summary>Where a video is that no store of ours holds.</summary>
public abstract record VideoLocation
{
    private VideoLocation()
    {
    }

    /// <summary>Behind an address: https, or http on this machine itself.</summary>
    /// <param name="Url">The address; may hold a signature, so it is never logged.</param>
    public sealed record Web(Uri Url) : VideoLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Url.AbsoluteUri;
    }

    /// <summary>In an S3 bucket.</summary>
    /// <param name="Name">The bucket.</param>
    /// <param name="Key">The object.</param>
    public sealed record Bucket(string Name, ObjectKey Key) : VideoLocation
    {
        /// <inheritdoc/>
        public override string ToString() => $"s3://{Name}/{Key}";
    }

    /// <summary>A file of this machine.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record File(string Path) : VideoLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>Reads <c>https://…</c>, <c>s3://bucket/key</c> or a path.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out VideoLocation? location, [NotNullWhen(false)] out string? error)
    {
        location = null;
        error = null;
        if (string.IsNullOrEmpty(text))
            error = "must not be empty";
        else if (S3Path.TryParse(text, out var bucket, out var key) && key is not null)
            location = new Bucket(bucket, key);
        else if (!text.Contains("://", StringComparison.Ordinal))
            location = new File(text);
        else if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
            location = new Web(url);
        else
            error = "must be an https address, s3://bucket/key or a path";
        return error is null;
    }
}

/// <summary>Where a picture goes that no job of ours is about.</summary>
public abstract record PictureDestination
{
    private PictureDestination()
    {
    }

    /// <summary>Into an S3 bucket.</summary>
    /// <param name="Name">The bucket.</param>
    /// <param name="Prefix">What the picture's name is appended to, behind a slash; null for the bucket's top.</param>
    public sealed record Bucket(string Name, ObjectKey? Prefix) : PictureDestination
    {
        /// <inheritdoc/>
        public override string ToString() => $"s3://{Name}/{Prefix}";
    }

    /// <summary>Into a folder of this machine.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record Folder(string Path) : PictureDestination
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>Reads <c>bucket/folder</c> (also with <c>s3://</c> before it), or a folder, which begins with a slash or a dot.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out PictureDestination? destination, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (text is ['/' or '.', ..])
            destination = new Folder(text);
        else if (text is not null && S3Path.TryParse(text.Contains("://", StringComparison.Ordinal) ? text : "s3://" + text, out var bucket, out var prefix))
            destination = new Bucket(bucket, prefix);
        else
            (destination, error) = (null, "must be bucket/folder, or a folder that begins with / or .");
        return destination is not null;
    }
}
