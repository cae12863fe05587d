namespace Thumbnails.Core.Storage;

/// <summary>
/// Stores objects under keys, with the features that S3 and a file system have in common. Every member throws
/// <see cref="StorageException"/> when the store fails.
/// </summary>
public interface IObjectStore
{
    /// <summary>
    /// Checks that the store can be read and written. Otherwise throws an exception that contains the reason.
    /// </summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Returns the metadata of an object; null when it does not exist.</summary>
    Task<ObjectInfo?> HeadAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading; returns null when it does not exist. The caller disposes the stream.</summary>
    Task<Stream?> GetAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Stores an object together with the name of its writer.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="content">Its content, read to the end.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="condition">The condition for storing it.</param>
    /// <param name="writer">The name of the writer, for <see cref="ObjectInfo.Writer"/>: at most 100 ASCII characters, or null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when <paramref name="condition"/> was not met; the object is then unchanged.</returns>
    Task<bool> PutAsync(
        ObjectKey key, Stream content, string contentType, PutCondition condition, string? writer, CancellationToken cancellationToken);

    /// <summary>Deletes an object; does nothing when it does not exist.</summary>
    Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Deletes an object if this writer stored it; does nothing when another writer has replaced it.</summary>
    Task DeleteAsync(ObjectKey key, string writer, CancellationToken cancellationToken);

    /// <summary>Lists keys in the order of their UTF-8 bytes.</summary>
    /// <param name="prefix">The prefix of the keys, which need not end at a slash.</param>
    /// <param name="after">The text after which keys are listed, which need not be a key; null for the beginning.</param>
    /// <param name="limit">The maximum number of keys, 1 to 1,000; fewer mean the end of the list.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a presigned URL to which a client can PUT an object without credentials: of exactly this length and type, and only
    /// while the key has no object.
    /// </summary>
    /// <param name="key">The object's key.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="lifetime">The lifetime of the URL; more than zero and at most seven days.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PresignedUrl> PresignUploadAsync(
        ObjectKey key, long length, string contentType, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Creates a presigned URL from which a client can GET an object without credentials.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="lifetime">The lifetime of the URL; more than zero and at most seven days.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PresignedUrl> PresignDownloadAsync(ObjectKey key, TimeSpan lifetime, CancellationToken cancellationToken);
}

/// <summary>Overloads for common calls of a store.</summary>
public static class ObjectStoreExtensions
{
    /// <summary>Stores an object without a writer's name.</summary>
    public static Task<bool> PutAsync(
        this IObjectStore store, ObjectKey key, Stream content, string contentType, PutCondition condition, CancellationToken cancellationToken) =>
        store.PutAsync(key, content, contentType, condition, writer: null, cancellationToken);
}

/// <summary>The condition for storing an object.</summary>
public enum PutCondition
{
    /// <summary>Always store it; an existing object is replaced.</summary>
    None,

    /// <summary>Store it only if the key has no object. Exactly one of several concurrent calls succeeds.</summary>
    IfAbsent,
}

/// <summary>The metadata of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastModified">When it was stored.</param>
/// <param name="Writer">
/// The name of the writer. Null when it was not given, and always in a list. A file store keeps it in an extended attribute,
/// which a file system may not support.
/// </param>
public sealed record ObjectInfo(ObjectKey Key, long Length, DateTimeOffset LastModified, string? Writer = null);

/// <summary>A URL that works without credentials for a limited time.</summary>
/// <param name="Url">The URL: a secret that must not be logged. Relative when this program's own API serves it.</param>
/// <param name="Headers">The headers that the client must send unchanged.</param>
/// <param name="ExpiresAt">When the URL expires.</param>
public sealed record PresignedUrl(Uri Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ExpiresAt)
{
    /// <summary>The maximum lifetime of a URL, which is S3's.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    internal static void CheckLifetime(TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);
    }
}

/// <summary>The store failed. The message is for users and contains no secret.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A name is used for both an object and a folder, which a file system does not support. Another name works.</summary>
public sealed class KeyConflictException(string message) : StorageException(message);
