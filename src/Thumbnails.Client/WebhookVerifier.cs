using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Thumbnails.Client;

/// <summary>Verifies that a webhook was sent by the service (https://www.standardwebhooks.com) and parses it.</summary>
public sealed class WebhookVerifier
{
    // Older webhooks may be replays.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret;
    private readonly TimeProvider _clock;

    /// <param name="secret">The service's <c>Webhooks:Secret</c>, <c>whsec_…</c>.</param>
    /// <param name="clock">The clock; null for the system clock.</param>
    public WebhookVerifier(string secret, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(secret);
        const string prefix = "whsec_";
        _secret = Convert.FromBase64String(secret.StartsWith(prefix, StringComparison.Ordinal) ? secret[prefix.Length..] : secret);
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Returns the job that a webhook reports.</summary>
    /// <param name="id">
    /// The header <c>webhook-id</c>: the same for each attempt, so that a receiver can ignore duplicates.
    /// </param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="signature">The header <c>webhook-signature</c>.</param>
    /// <param name="body">The body, byte for byte.</param>
    /// <exception cref="WebhookVerificationException">The webhook was not sent by the service, or is too old.</exception>
    public Job Verify(string? id, string? timestamp, string? signature, ReadOnlySpan<byte> body)
    {
        if (id is null || timestamp is null || signature is null)
            throw new WebhookVerificationException("A webhook header is missing.");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(_clock.GetUtcNow().ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
            throw new WebhookVerificationException("The webhook's timestamp is too old or in the future. Check the clock.");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.ASCII.GetBytes($"v1,{Convert.ToBase64String(HMACSHA256.HashData(_secret, signed))}");
        // Several during a rotation of the secret.
        if (!signature.Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected)))
            throw new WebhookVerificationException("The webhook's signature is not valid.");
        return JsonSerializer.Deserialize(body, ClientJson.Default.Job) ?? throw new WebhookVerificationException("The webhook is empty.");
    }
}

/// <summary>A webhook was not sent by the service, or is too old.</summary>
public sealed class WebhookVerificationException(string message) : Exception(message);
