using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests.Webhooks;

public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan[] Gaps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private WebhookBench _bench = null!;

    public async Task InitializeAsync() => _bench = await WebhookBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_webhook_is_signed_and_contains_the_job_as_in_the_API()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.DeliverAsync(id);

        var webhook = Assert.Single(_bench.Receiver.Received);
        Assert.Equal(("POST", "/hook?token=opensesame"), (webhook.Method, webhook.Target));
        Assert.Equal(("application/json", "Thumbnails", $"{id}"), (webhook.Headers["content-type"], webhook.Headers["user-agent"], webhook.Headers["webhook-id"]));
        AssertSigned(webhook, WebhookBench.Secret);
        Assert.DoesNotContain("traceparent", webhook.Headers.Keys);
        var (sent, shown) = (JsonNode.Parse(webhook.Body)!, await _bench.JobAsync(id));
        Assert.StartsWith("http://api.example/objects/thumbnails/a.png?", (string)sent["frames"]![0]!["url"]!, StringComparison.Ordinal);
        foreach (var job in (JsonNode[])[sent, shown])
        {
            job["webhook"] = null;
            job["frames"]![0]!["url"] = job["frames"]![0]!["urlExpiresAt"] = null;
        }

        Assert.True(JsonNode.DeepEquals(shown, sent), sent.ToJsonString());
    }

    [Fact]
    public async Task A_job_reports_the_delivery_of_its_webhook()
    {
        var id = await _bench.EndedJobAsync();
        Assert.Equal("pending 0", await _bench.OutcomeAsync(id));
        _bench.Receiver.Answer = WebhookReceiver.Status(500);
        await _bench.DeliverAsync(id);

        var webhook = await _bench.WebhookAsync(id);
        Assert.Equal("pending 1 500 refused", await _bench.OutcomeAsync(id));
        Assert.Equal(_bench.Receiver.Url.GetLeftPart(UriPartial.Path), (string)webhook["url"]!);
        Assert.Equal(_bench.Clock.GetUtcNow(), (DateTimeOffset)webhook["lastAttemptAt"]!);
        var listed = await (await _bench.Service.Client.GetAsync("/jobs?status=succeeded")).JsonAsync();
        Assert.Equal(1, (int)Assert.Single(listed["jobs"]!.AsArray())!["webhook"]!["attempts"]!);
    }

    [Theory]
    [InlineData("good", "succeeded")]
    [InlineData("crash", "failed")]
    [InlineData("hang", "canceled")]
    public async Task Every_outcome_of_a_job_sends_a_webhook(string behaviour, string status)
    {
        var root = ((FileObjectStore)_bench.Store).Root;
        Directory.CreateDirectory(Path.Combine(root, "videos"));
        await File.WriteAllTextAsync(Path.Combine(root, "videos", $"{behaviour}.mp4"), "x");
        using var response = await _bench.Service.PostAsync(
            "/jobs", $$"""{"videoKey":"videos/{{behaviour}}.mp4","position":1,"outputName":"a.png","callbackUrl":"{{_bench.Receiver.Url}}"}""");
        var job = await response.JsonAsync();
        var id = JobId.Parse((string)job["id"]!);
        if (status == "canceled")
            (await _bench.Service.SendAsync(HttpMethod.Delete, $"/jobs/{id}")).Dispose();
        await _bench.UntilAsync(id, "delivered 1 204");

        var sent = JsonNode.Parse(Assert.Single(_bench.Receiver.Received).Body)!;
        Assert.Equal(($"{id}", status), ((string)sent["id"]!, (string)sent["status"]!));
    }

    [Fact]
    public async Task A_failed_webhook_is_retried_when_due()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(500);
        await _bench.DeliverAsync(id);
        await _bench.DeliverAsync(id);
        await _bench.TickAsync();
        Assert.Single(_bench.Receiver.Received);

        _bench.Receiver.Answer = WebhookReceiver.Status(200);
        _bench.Clock.Advance(TimeSpan.FromSeconds(7));
        await _bench.TickAsync();
        await _bench.TickAsync();
        Assert.Equal("delivered 2 200", await _bench.OutcomeAsync(id));
        Assert.Equal(2, _bench.Receiver.Received.Count);
        var (first, second) = (_bench.Receiver.Received[0], _bench.Receiver.Received[1]);
        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        Assert.Equal(Timestamp(first) + 7, Timestamp(second));
        AssertSigned(second, WebhookBench.Secret);
    }

    [Fact]
    public async Task A_webhook_is_attempted_ten_times_with_growing_gaps()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(503);
        await _bench.DeliverAsync(id);
        foreach (var gap in Gaps)
        {
            var sent = _bench.Receiver.Received.Count;
            _bench.Clock.Advance(gap - TimeSpan.FromSeconds(1));
            await _bench.TickAsync();
            Assert.Equal(sent, _bench.Receiver.Received.Count);
            _bench.Clock.Advance(gap / 10 + TimeSpan.FromSeconds(2));
            await _bench.TickAsync();
            Assert.Equal(sent + 1, _bench.Receiver.Received.Count);
        }

        Assert.Equal("failed 10 503 refused", await _bench.OutcomeAsync(id));
        _bench.Clock.Advance(TimeSpan.FromDays(3));
        await _bench.TickAsync();
        await _bench.DeliverAsync(id);
        Assert.Equal(10, _bench.Receiver.Received.Count);
    }

    [Fact]
    public async Task A_webhook_honors_Retry_After()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(429, "Retry-After", "3600");
        await _bench.DeliverAsync(id);

        Assert.Equal(_bench.Clock.GetUtcNow().AddHours(1), (DateTimeOffset)(await _bench.WebhookAsync(id))["nextAttemptAt"]!);
    }

    [Fact]
    public async Task A_webhook_is_not_retried_after_410()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(410);
        await _bench.DeliverAsync(id);

        Assert.Equal("failed 1 410 gone", await _bench.OutcomeAsync(id));
        Assert.Empty(await _bench.DueAsync());
    }

    [Fact]
    public async Task A_webhook_redirect_is_a_failure_and_is_not_followed()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(307, "Location", "/elsewhere");
        await _bench.DeliverAsync(id);

        Assert.Equal("pending 1 307 redirected", await _bench.OutcomeAsync(id));
        Assert.Single(_bench.Receiver.Received);
    }

    [Fact]
    public async Task An_endless_webhook_response_is_not_read()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(new string('x', 1000));
        };
        await _bench.DeliverAsync(id);

        Assert.Equal("delivered 1 200", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task Webhook_secrets_are_not_logged()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(500);
        await _bench.DeliverAsync(id);
        await _bench.DeliverAsync(await _bench.EndedJobAsync(new Uri("http://127.0.0.1:1/hook?token=opensesame")));

        Assert.Equal(2, _bench.Log.Count);
        Assert.Contains("refused 500", _bench.Log.First(), StringComparison.Ordinal);
        Assert.All(_bench.Log, line => Assert.DoesNotMatch("opensesame|whsec|v1,", line));
        Assert.DoesNotContain("opensesame", (await _bench.JobAsync(id)).ToJsonString(), StringComparison.Ordinal);
    }

    private static long Timestamp(ReceivedWebhook webhook) => long.Parse(webhook.Headers["webhook-timestamp"], CultureInfo.InvariantCulture);

    // Verifies the signature as a receiver would, without the code under test.
    private void AssertSigned(ReceivedWebhook webhook, string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var signed = hmac.ComputeHash([.. Encoding.ASCII.GetBytes($"{webhook.Headers["webhook-id"]}.{webhook.Headers["webhook-timestamp"]}."), .. webhook.Body]);
        Assert.Equal($"v1,{Convert.ToBase64String(signed)}", webhook.Headers["webhook-signature"]);
        Assert.Equal(_bench.Clock.GetUtcNow().ToUnixTimeSeconds(), Timestamp(webhook));
    }
}
