using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// Signs and verifies the ids of uploads in parts. The key is an object in the store, so that every instance of the API uses the
/// same one; each reads it once.
/// </summary>
internal sealed class UploadIds(IObjectStore store)
{
    private const int KeyLength = 32;

    private byte[]? _key;

    public async ValueTask<UploadId> SignAsync(UploadToken token, CancellationToken cancellationToken) =>
        UploadId.Of(token, await KeyAsync(cancellationToken));

    /// <summary>Returns the token of an id; null when its signature is not valid.</summary>
    public async ValueTask<UploadToken?> ReadAsync(UploadId id, CancellationToken cancellationToken)
    {
        var payload = id.Payload;
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(await KeyAsync(cancellationToken), payload), id.Signature)
            ? UploadToken.Parse(Encoding.UTF8.GetString(payload))
            : null;
    }

    private async ValueTask<byte[]> KeyAsync(CancellationToken cancellationToken) =>
        _key ??= await ReadKeyAsync(cancellationToken) ?? await CreateKeyAsync(cancellationToken);

    private async Task<byte[]?> ReadKeyAsync(CancellationToken cancellationToken)
    {
        await using var content = await store.GetAsync(ObjectKeys.UploadSigningKey(), cancellationToken);
        if (content is null)
            return null;
        var key = new byte[KeyLength];
        return await content.ReadAtLeastAsync(key, KeyLength, throwOnEndOfStream: false, cancellationToken) == KeyLength
            ? key
            : throw new StorageException($"The object {ObjectKeys.UploadSigningKey()} is damaged. Delete it; unfinished uploads must then start over.");
    }

    private async Task<byte[]> CreateKeyAsync(CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        using var content = new MemoryStream(key, writable: false);
        var isOurs = await store.PutAsync(
            ObjectKeys.UploadSigningKey(), content, MediaTypeNames.Application.Octet, PutCondition.IfAbsent, cancellationToken);
        // Another instance may have created it first.
        return isOurs ? key : await ReadKeyAsync(cancellationToken) ?? throw new StorageException($"The object {ObjectKeys.UploadSigningKey()} cannot be read.");
    }
}
