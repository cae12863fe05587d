using System.Text;
using Microsoft.AspNetCore.Http;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>Our signature against a library that receivers use.</summary>
public class WebhookSignatureTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek", Payload = """{"id":"ä","status":"succeeded"}""";

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 48).Select(i => (byte)(i * 5))];
    private static readonly byte[] OldSecret = new byte[24];

    private readonly StandardWebhook _receiver = new("whsec_" + Convert.ToBase64String(Secret));

    [Fact]
    public void A_receivers_library_verifies_the_signature_also_while_the_secret_is_being_replaced()
    {
        _receiver.Verify(Payload, HeadersOf(Secret));
        // This library reads the first signature only.
        _receiver.Verify(Payload, HeadersOf(Secret, OldSecret));
    }

    [Fact]
    public void A_receivers_library_refuses_another_body_and_another_secret()
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
