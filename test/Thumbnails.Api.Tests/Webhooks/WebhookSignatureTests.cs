using System.Text;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>Compares our signatures with a library that receivers use.</summary>
public class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek", Payload = """{"id":"ä","status":"succeeded"}""";

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 48).Select(i => (byte)(i * 5))];
    private static readonly byte[] OldSecret = new byte[24];

    private readonly StandardWebhook _receiver = new("whsec_" + Convert.ToBase64String(Secret));

    [Fact]
    public void The_Standard_Webhooks_library_verifies_signatures_during_rotation_too()
    {
        _receiver.Verify(Payload, HeadersOf(Secret));
        // This library reads only the first signature.
        _receiver.Verify(Payload, HeadersOf(Secret, OldSecret));
    }

    [Fact]
    public void The_Standard_Webhooks_library_rejects_another_body_or_secret()
    {
        Assert.Throws<WebhookVerificationException>(() => _receiver.Verify(Payload + " ", HeadersOf(Secret)));
        Assert.Throws<WebhookVerificationException>(() => _receiver.Verify(Payload, HeadersOf(OldSecret)));
    }

    private static HeaderDictionary HeadersOf(params byte[][] secrets)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new HeaderDictionary
        {
            ["webhook-id"] = Id,
            ["webhook-timestamp"] = $"{timestamp}",
            ["webhook-signature"] = WebhookSignature.Of(secrets, Id, timestamp, Encoding.UTF8.GetBytes(Payload)),
        };
    }
}
