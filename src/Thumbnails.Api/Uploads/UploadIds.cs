using System.Buffers.Text;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// The ids of uploads in parts that clients receive: an <see cref="UploadToken"/> after its HMAC-SHA256. The key is an object in
/// the store, so that every instance of the API uses the same one; each reads it once.
/// </summary>
internal sealed class UploadIds(IObjectStore store)
{
    private const int KeyLength = 32;

    private byte[]? _key;

    public async ValueTask<string> SignAsync(UploadToken token, CancellationToken cancellationToken)
    {
        var payload = Encoding.UTF8.GetBytes(token.ToString());
        return Base64Url.EncodeToString([.. HMACSHA256.HashData(await KeyAsync(cancellationToken), payload), .. payload]);
    }

    /// <summary>Returns the token of an id; null when the id is not valid.</summary>
    public async ValueTask<UploadToken?> ReadAsync(string uploadId, CancellationToken cancellationToken)
    {
        if (!Base64Url.IsValid(uploadId) || Base64Url.DecodeFromChars(uploadId) is not { Length: > HMACSHA256.HashSizeInBytes } bytes)
            return null;
        var payload = bytes.AsMemory(HMACSHA256.HashSizeInBytes);
        var expected = HMACSHA256.HashData(await KeyAsync(cancellationToken), payload.Span);
        return CryptographicOperations.FixedTimeEquals(expected, bytes.AsSpan(0, HMACSHA256.HashSizeInBytes))
            ? UploadToken.Parse(Encoding.UTF8.GetString(payload.Span))
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
