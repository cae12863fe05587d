namespace Thumbnails.Core.Storage;

/// <summary>An object that can be read in pieces, so that a decoder need not have all of it.</summary>
public interface IRangedObject
{
    /// <summary>Its length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads exactly <paramref name="count"/> bytes from <paramref name="offset"/>.</summary>
    /// <exception cref="StorageException">They cannot be read, or the object is not the same any more.</exception>
    Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken);
}
