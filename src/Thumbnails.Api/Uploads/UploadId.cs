using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// The id of an upload in parts that clients receive: an <see cref="UploadToken"/> and its HMAC-SHA256, in base64url. Whether the
/// signature is valid is up to <see cref="UploadIds"/>.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<UploadId>))]
internal sealed record UploadId : IParsable<UploadId>
{
    private readonly string _text;

    private UploadId(string text) => _text = text;

    public byte[] Signature => Base64Url.DecodeFromChars(_text)[..HMACSHA256.HashSizeInBytes];

    /// <summary>The token as text, in UTF-8.</summary>
    public byte[] Payload => Base64Url.DecodeFromChars(_text)[HMACSHA256.HashSizeInBytes..];

    public static UploadId Of(UploadToken token, byte[] key)
    {
        var payload = Encoding.UTF8.GetBytes(token.ToString());
        return Parse(Base64Url.EncodeToString([.. HMACSHA256.HashData(key, payload), .. payload]));
    }

    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out UploadId? result)
    {
        result = s is not null && Base64Url.IsValid(s, out var length) && length > HMACSHA256.HashSizeInBytes ? new UploadId(s) : null;
        return result is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out UploadId result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not an upload id.</exception>
    public static UploadId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var id) ? id : throw new FormatException("The text is not an upload id.");

    /// <inheritdoc/>
    public override string ToString() => _text;
}
