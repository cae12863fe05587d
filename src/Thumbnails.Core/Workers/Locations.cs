using System.Diagnostics.CodeAnalysis;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Workers;

/// <summary>The location of a store.</summary>
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

    /// <summary>A local folder.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record Folder(string Path) : StoreLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }
}

/// <summary>The location of a video outside the store.</summary>
public abstract record VideoLocation
{
    private VideoLocation()
    {
    }

    /// <summary>An https URL, or an http URL of this machine.</summary>
    /// <param name="Url">The URL. It may contain a signature, so it is never logged.</param>
    public sealed record Web(Uri Url) : VideoLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Url.AbsoluteUri;
    }

    /// <summary>An object in an S3 bucket.</summary>
    /// <param name="Name">The bucket.</param>
    /// <param name="Key">The object.</param>
    public sealed record Bucket(string Name, ObjectKey Key) : VideoLocation
    {
        /// <inheritdoc/>
        public override string ToString() => $"s3://{Name}/{Key}";
    }

    /// <summary>A local file.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record File(string Path) : VideoLocation
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>Parses <c>https://…</c>, <c>s3://bucket/key</c> or a path.</summary>
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
            error = "must be an https URL, s3://bucket/key or a path";
        return error is null;
    }
}

/// <summary>The destination of a picture without a job.</summary>
public abstract record PictureDestination
{
    private PictureDestination()
    {
    }

    /// <summary>A folder in an S3 bucket.</summary>
    /// <param name="Name">The bucket.</param>
    /// <param name="Prefix">The folder of the picture; null for the top of the bucket.</param>
    public sealed record Bucket(string Name, ObjectKey? Prefix) : PictureDestination
    {
        /// <inheritdoc/>
        public override string ToString() => $"s3://{Name}/{Prefix}";
    }

    /// <summary>A local folder.</summary>
    /// <param name="Path">Its path.</param>
    public sealed record Folder(string Path) : PictureDestination
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    /// <summary>Parses <c>bucket/folder</c> (optionally after <c>s3://</c>), or a local folder, which begins with a slash or a dot.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out PictureDestination? destination, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (text is ['/' or '.', ..])
            destination = new Folder(text);
        else if (text is not null && S3Path.TryParse(text.Contains("://", StringComparison.Ordinal) ? text : "s3://" + text, out var bucket, out var prefix))
            destination = new Bucket(bucket, prefix);
        else
            (destination, error) = (null, "must be bucket/folder, or a local folder that begins with / or .");
        return destination is not null;
    }
}
