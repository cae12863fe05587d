namespace Thumbnails.Core.Storage;

/// <summary>
/// Uploads an object in parts: for objects that are too large for one PUT (S3: 5 GiB), and to resume interrupted uploads. Parts
/// are numbered from 1; all but the last have the same length.
/// </summary>
public interface IMultipartStore
{
    /// <summary>Creates an upload and returns its id.</summary>
    /// <param name="upload">The object to upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<string> BeginAsync(MultipartUpload upload, CancellationToken cancellationToken);

    /// <summary>Creates a presigned URL to which a client can PUT one part, repeatedly and without credentials.</summary>
    Task<PresignedUrl> PresignPartAsync(MultipartUpload upload, string id, int number, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Returns the uploaded parts; null when the upload does not exist.</summary>
    Task<IReadOnlyList<UploadedPart>?> ListPartsAsync(MultipartUpload upload, string id, CancellationToken cancellationToken);

    /// <summary>Combines the parts into an object, unless the key already has one.</summary>
    Task<MultipartOutcome> CompleteAsync(
        MultipartUpload upload, string id, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken);

    /// <summary>Aborts an upload and deletes its parts; does nothing when it does not exist.</summary>
    Task AbortAsync(MultipartUpload upload, string id, CancellationToken cancellationToken);
}

/// <summary>An object that is uploaded in parts.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="PartLength">The length of every part except the last, in bytes.</param>
public sealed record MultipartUpload(ObjectKey Key, string ContentType, long Length, long PartLength)
{
    /// <summary>The number of parts.</summary>
    public int Parts => (int)((Length + PartLength - 1) / PartLength);

    /// <summary>The exact length of a part, in bytes.</summary>
    public long LengthOf(int number) => Math.Min(PartLength, Length - (number - 1) * PartLength);
}

/// <summary>A part that has been uploaded.</summary>
/// <param name="Number">The number, from 1.</param>
/// <param name="ETag">The ETag that the store returned for its PUT, without quotes.</param>
public sealed record UploadedPart(int Number, string ETag);

/// <summary>The outcome of completing an upload.</summary>
public enum MultipartOutcome
{
    /// <summary>The object exists.</summary>
    Completed,

    /// <summary>The upload does not exist.</summary>
    NoSuchUpload,

    /// <summary>Parts are missing, or differ from those that the caller listed.</summary>
    WrongParts,

    /// <summary>The key already has an object.</summary>
    ObjectExists,
}
