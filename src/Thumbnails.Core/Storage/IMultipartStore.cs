namespace Thumbnails.Core.Storage;

/// <summary>
/// Uploads of one object in parts: for objects that one PUT cannot carry (S3: 5 GiB), and to go on where an upload broke
/// off. The parts are numbered from 1; all but the last have the same length.
/// </summary>
public interface IMultipartStore
{
    /// <summary>Begins an upload and answers its id.</summary>
    /// <param name="upload">What will be uploaded.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<string> BeginAsync(MultipartUpload upload, CancellationToken cancellationToken);

    /// <summary>Signs an address to which a client can PUT one part without credentials, as often as it likes.</summary>
    Task<PresignedUrl> PresignPartAsync(MultipartUpload upload, string id, int number, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>The parts that are there; null when there is no such upload (any more).</summary>
    Task<IReadOnlyList<UploadedPart>?> ListPartsAsync(MultipartUpload upload, string id, CancellationToken cancellationToken);

    /// <summary>Makes the parts one object, unless the key has one already.</summary>
    Task<MultipartOutcome> CompleteAsync(
        MultipartUpload upload, string id, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken);

    /// <summary>Gives up an upload and its parts; does nothing when there is none.</summary>
    Task AbortAsync(MultipartUpload upload, string id, CancellationToken cancellationToken);
}

/// <summary>An object that is uploaded in parts.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="PartLength">The length of every part but the last, in bytes.</param>
public sealed record MultipartUpload(ObjectKey Key, string ContentType, long Length, long PartLength)
{
    /// <summary>How many parts there are.</summary>
    public int Parts => (int)((Length + PartLength - 1) / PartLength);

    /// <summary>The exact length of a part, in bytes.</summary>
    public long LengthOf(int number) => Math.Min(PartLength, Length - (number - 1) * PartLength);
}

/// <summary>A part that has been uploaded.</summary>
/// <param name="Number">From 1.</param>
/// <param name="ETag">What the store answered to its PUT, without quotes.</param>
public sealed record UploadedPart(int Number, string ETag);

/// <summary>What became of the completion of an upload.</summary>
public enum MultipartOutcome
{
    /// <summary>The object is there.</summary>
    Completed,

    /// <summary>There is no such upload (any more).</summary>
    NoSuchUpload,

    /// <summary>Parts are missing, or are others than the caller says.</summary>
    WrongParts,

    /// <summary>The key has an object already.</summary>
    ObjectExists,
}
