namespace Thumbnails.Core.Storage;

/// <summary>An object with random access, so that a decoder need not read all of it.</summary>
public interface IRangedObject
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads exactly <paramref name="count"/> bytes from <paramref name="offset"/>.</summary>
    /// <exception cref="StorageException">The bytes cannot be read, or the object has been replaced.</exception>
    Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken);
}
