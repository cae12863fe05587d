using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Thumbnails.Core.Storage;

/// <summary>
/// Signs and verifies the presigned URLs of a file store: an HMAC-SHA256 over method, key, expiry, length and type, so that a
/// URL allows only one operation.
/// </summary>
/// <param name="secret">The key of the HMAC, 32 bytes.</param>
/// <param name="clock">The clock.</param>
public sealed class UrlSigner(byte[] secret, TimeProvider clock)
{
    /// <summary>The path under which the API serves a file store's objects.</summary>
    public const string Path = "/objects/";

    /// <summary>Creates a presigned URL relative to the API.</summary>
    internal PresignedUrl Sign(SignedGrant grant, TimeSpan lifetime, IReadOnlyDictionary<string, string> headers)
    {
        PresignedUrl.CheckLifetime(lifetime);
        var expires = clock.GetUtcNow().Add(lifetime).ToUnixTimeSeconds();
        var path = string.Join('/', grant.Key.ToString().Split('/').Select(Uri.EscapeDataString));
        var url = string.Create(CultureInfo.InvariantCulture, $"{Path}{path}?{Query(grant)}expires={expires}&signature={Hmac(grant, expires)}");
        return new PresignedUrl(new Uri(url, UriKind.Relative), headers, DateTimeOffset.FromUnixTimeSeconds(expires));
    }

    /// <summary>Returns whether the signature of a URL is valid for <paramref name="grant"/> and the URL has not expired.</summary>
    /// <param name="grant">The requested operation.</param>
    /// <param name="expires">The expiry of the URL, in seconds since 1970.</param>
    /// <param name="signature">The signature of the URL.</param>
    public bool Allows(SignedGrant grant, long expires, string signature)
    {
        var genuine = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Hmac(grant, expires)), Encoding.UTF8.GetBytes(signature));
        return genuine && clock.GetUtcNow().ToUnixTimeSeconds() < expires;
    }

    private static string Query(SignedGrant grant)
    {
        var length = grant.Length is null ? "" : string.Create(CultureInfo.InvariantCulture, $"length={grant.Length}&");
        var type = grant.ContentType is null ? "" : $"type={Uri.EscapeDataString(grant.ContentType)}&";
        var part = grant.Part is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"upload={grant.Part.Upload}&part={grant.Part.Number}&offset={grant.Part.Offset}&");
        return length + type + part;
    }

    private string Hmac(SignedGrant grant, long expires)
    {
        // No value can contain a newline, so different grants have different texts.
        var text = string.Create(CultureInfo.InvariantCulture, $"{grant.Method}\n{grant.Key}\n{expires}\n{grant.Length}\n{grant.ContentType}\n{grant.Part?.Upload}\n{grant.Part?.Number}\n{grant.Part?.Offset}");
        return Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>The operation that a presigned URL allows.</summary>
/// <param name="Method"><c>PUT</c> or <c>GET</c>.</param>
/// <param name="Key">The object.</param>
/// <param name="Length">The exact length of the upload in bytes; null for a download.</param>
/// <param name="ContentType">The media type of the upload; null for a download or a part.</param>
/// <param name="Part">The part of an upload; null for a whole object.</param>
public sealed record SignedGrant(string Method, ObjectKey Key, long? Length = null, string? ContentType = null, SignedPart? Part = null);

/// <summary>A part of an upload to a file store.</summary>
/// <param name="Upload">The upload's id.</param>
/// <param name="Number">The part's number, from 1.</param>
/// <param name="Offset">The part's offset in the object, in bytes.</param>
public sealed record SignedPart(string Upload, int Number, long Offset);
