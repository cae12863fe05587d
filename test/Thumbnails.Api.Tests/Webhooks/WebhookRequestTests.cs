using System.Text;
using Microsoft.Extensions.Configuration;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Webhooks;

namespace Thumbnails.Api.Tests.Webhooks;

public sealed class WebhookRequestTests
{
    [Theory]
    [InlineData("https://example.com/hook?token=x", true)]
    [InlineData("https://example.com:8443", true)]
    [InlineData("https://bücher.example/hook", true)]
    [InlineData("http://example.com/hook", false)]
    [InlineData("ftp://example.com/hook", false)]
    [InlineData("//example.com/hook", false)]
    [InlineData("/hook", false)]
    [InlineData("https:///hook", false)]
    [InlineData("https://me@example.com/hook", false)]
    [InlineData("https://me:secret@example.com/hook", false)]
    [InlineData("", false)]
    public void A_callbackUrl_is_an_https_URL_without_credentials(string url, bool valid) =>
        Assert.Equal(valid, CallbackUrls.Fault(url, new WebhookSettings([new byte[24]], AllowPrivateAddresses: false)) is null);

    [Fact]
    public async Task An_unusable_callbackUrl_is_rejected_with_the_reason()
    {
        using var service = new Service(("Webhooks:Secret", WebhookBench.Secret));
        Assert.Contains("https", await FaultAsync(service, "http://example.com/"), StringComparison.Ordinal);
        Assert.Contains("2000 characters", await FaultAsync(service, $"https://example.com/{new string('x', 2000)}"), StringComparison.Ordinal);

        using var unarmed = new Service();
        Assert.Contains("Webhooks:Secret", await FaultAsync(unarmed, "https://example.com/"), StringComparison.Ordinal);
        using var upload = await unarmed.PostAsync(
            "/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":1,"job":{"position":1,"outputName":"a.png","callbackUrl":"https://example.com/"}}""");
        Assert.Equal(["job.callbackUrl"], await upload.FaultsAsync());
    }

    [Fact]
    public async Task A_callbackUrl_belongs_to_a_job_not_to_a_frame()
    {
        using var service = new Service(("Webhooks:Secret", WebhookBench.Secret));
        using var response = await service.PostAsync(
            "/jobs", """{"videoKey":"videos/x","frames":[{"position":1,"outputName":"a.png","callbackUrl":"https://example.com/"}]}""");

        Assert.Equal(["frames[0].callbackUrl"], await response.FaultsAsync());
    }

    [Theory]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 2)]
    public void Several_webhook_secrets_can_sign_during_rotation(string text, int count) =>
        Assert.Equal(count, Read(("Webhooks:Secret", text)).Webhooks.Secrets.Count);

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_not base64 at all, is it")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLQ==")]
    [InlineData("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void An_invalid_webhook_secret_stops_the_service_and_is_not_printed(string text)
    {
        var exception = Assert.Throws<SettingsException>(() => Read(("Webhooks:Secret", text), ("Webhooks:AllowPrivateAddresses", "maybe")));

        Assert.Contains("Webhooks:Secret must be whsec_", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Webhooks:AllowPrivateAddresses must be true or false", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text[6..] is { Length: > 0 } secret ? secret : "\0", exception.Message, StringComparison.Ordinal);
    }

    // The reference vector of the Standard Webhooks libraries.
    [Fact]
    public void A_webhook_signature_matches_the_Standard_Webhooks_vector()
    {
        var secret = Convert.FromBase64String(WebhookBench.Secret["whsec_".Length..]);
        var payload = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
        const string expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

        Assert.Equal(expected, WebhookSignature.Of([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, payload));
        Assert.StartsWith($"{expected} v1,", WebhookSignature.Of([secret, new byte[32]], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, payload), StringComparison.Ordinal);
    }

    private static Settings Read(params (string Name, string Value)[] settings) => Settings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Append(("Runner:WorkerPath", typeof(WebhookRequestTests).Assembly.Location))
            .ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2))
        .Build());

    private static async Task<string> FaultAsync(Service service, string url)
    {
        using var response = await service.PostAsync("/jobs", $$"""{"videoKey":"videos/x","position":1,"outputName":"a.png","callbackUrl":"{{url}}"}""");
        Assert.Equal(400, (int)response.StatusCode);
        var problem = await response.JsonAsync();
        return (string)Assert.Single(problem["errors"]!["callbackUrl"]!.AsArray())!;
    }
}
