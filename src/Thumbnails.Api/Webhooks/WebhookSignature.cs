using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Thumbnails.Api.Webhooks;

/// <summary>
/// The symmetric signature of Standard Webhooks (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body. There
/// is one signature for each secret, so that receivers can still use the old secret during a rotation.
/// </summary>
internal static class WebhookSignature
{
    public static string Of(IEnumerable<byte[]> secrets, string id, long timestamp, ReadOnlySpan<byte> payload)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. payload];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, signed))}"));
    }
}
