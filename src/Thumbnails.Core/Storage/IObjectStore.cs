namespace Thumbnails.Core.Storage;

/// <summary>
/// Objects under keys: what S3 offers, and what the files of one machine can offer as well. Every member throws
/// <see cref="StorageException"/> when the store fails.
/// </summary>
public interface IObjectStore
{
    /// <summary>Returns when the store can be read and written; the exception says what is wrong when it cannot.</summary>
    Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>What is known of an object; null when there is none.</summary>
    Task<ObjectInfo?> HeadAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading from its beginning; null when there is none. The caller disposes it.</summary>
    Task<Stream?> GetAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Stores an object and the name of its writer: both, or nothing.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="content">Its content, read to the end.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="condition">When to store it.</param>
    /// <param name="writer">Who stores it, for <see cref="ObjectInfo.Writer"/>: at most 100 ASCII characters. Null for no name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when <paramref name="condition"/> was not met; the object is then as it was before.</returns>
    Task<bool> PutAsync(
        ObjectKey key, Stream content, string contentType, PutCondition condition, string? writer, CancellationToken cancellationToken);

    /// <summary>Removes an object; does nothing when there is none.</summary>
    Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Lists keys in the order of their UTF-8 bytes.</summary>
    /// <param name="prefix">What the keys begin with; need not end at a slash.</param>
    /// <param name="after">Only keys that come after this text, which need not be a key.</param>
    /// <param name="limit">The most keys to answer, 1 to 1,000; fewer are the end of the list.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Signs an address to which a client can PUT one object without credentials: of exactly this length and type, and
    /// only while there is none under the key.
    /// </summary>
    /// <param name="key">The object's key.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="lifetime">How long the address works; more than zero and at most seven days.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PresignedUrl> PresignUploadAsync(
        ObjectKey key, long length, string contentType, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Signs an address from which a client can GET an object without credentials.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="lifetime">How long the address works; more than zero and at most seven days.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<PresignedUrl> PresignDownloadAsync(ObjectKey key, TimeSpan lifetime, CancellationToken cancellationToken);
}

/// <summary>Shorter calls of a store.</summary>
public static class ObjectStoreExtensions
{
    /// <summary>Stores an object without the name of a writer.</summary>
    public static Task<bool> PutAsync(
        this IObjectStore store, ObjectKey key, Stream content, string contentType, PutCondition condition, CancellationToken cancellationToken) =>
        store.PutAsync(key, content, contentType, condition, writer: null, cancellationToken);
}

/// <summary>When an object may be stored.</summary>
public enum PutCondition
{
    /// <summary>Always; an older object of the key is replaced.</summary>
    None,

    /// <summary>Only when the key has no object. Of any number of simultaneous calls one stores its object.</summary>
    IfAbsent,
}

/// <summary>What a store knows of an object.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="LastModified">When it was stored.</param>
/// <param name="Writer">
/// Who stored it. Null when no name was given, and always in a list. Files keep it in an extended attribute, which a
/// file system may not have.
/// </param>
public sealed record ObjectInfo(ObjectKey Key, long Length, DateTimeOffset LastModified, string? Writer = null);

/// <summary>An address that works without credentials for a while.</summary>
/// <param name="Url">The address: a secret, not to be logged. Relative when it is served by this program's own API.</param>
/// <param name="Headers">The headers that the client must send, exactly as they stand here.</param>
/// <param name="ExpiresAt">When it stops working.</param>
public sealed record PresignedUrl(Uri Url, IReadOnlyDictionary<string, string> Headers, DateTimeOffset ExpiresAt)
{
    /// <summary>The longest lifetime, which is S3's.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    internal static void CheckLifetime(TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);
    }
}

/// <summary>The store failed. The message is for people and names no secret.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A name is that of an object and of a folder of others, which files cannot have. Another name works.</summary>
public sealed class KeyConflictException(string message) : StorageException(message);
