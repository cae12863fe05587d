using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>Webhooks that are sent again at a client's request.</summary>
public sealed class WebhookRedeliveryTests : IAsyncLifetime
{
    private WebhookBench _bench = null!;

    public async Task InitializeAsync() => _bench = await WebhookBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_delivered_webhook_is_sent_again_with_the_same_ID()
    {
        var id = await DeliveredAsync();
        using (var response = await RedeliverAsync(id))
        {
            Assert.Equal(202, (int)response.StatusCode);
            Assert.Equal($"/jobs/{id}", response.Headers.Location!.AbsolutePath);
            var webhook = (await response.JsonAsync())["webhook"]!;
            Assert.Equal(("pending", _bench.Clock.GetUtcNow()), ((string)webhook["status"]!, (DateTimeOffset)webhook["nextAttemptAt"]!));
        }

        await _bench.UntilAsync(id, "delivered 2 204");
        Assert.Equal([$"{id}", $"{id}"], _bench.Receiver.Received.Select(webhook => webhook.Headers["webhook-id"]));
        await TickLaterAsync();
        Assert.Equal(2, _bench.Receiver.Received.Count);
        Assert.Empty(await _bench.DueAsync());

        (await RedeliverAsync(id)).Dispose();
        await _bench.UntilAsync(id, "delivered 3 204");
    }

    [Fact]
    public async Task A_webhook_that_was_given_up_is_sent_once_more()
    {
        var id = await _bench.EndedJobAsync();
        for (var attempt = 1; attempt <= JobLifecycle.DeliveryGaps.Length + 1; attempt++)
            await _bench.Service.Get<DeliveryStore>().ClaimAsync(id, attempt, _bench.Clock.GetUtcNow(), default);
        await TickLaterAsync();
        Assert.Equal("failed 10 interrupted", await _bench.OutcomeAsync(id));

        _bench.Receiver.Answer = WebhookReceiver.Status(500);
        (await RedeliverAsync(id)).Dispose();
        await _bench.UntilAsync(id, "failed 11 500 refused");
        _bench.Receiver.Answer = WebhookReceiver.Status(200);
        (await RedeliverAsync(id)).Dispose();
        await _bench.UntilAsync(id, "delivered 12 200");
        Assert.Equal(2, _bench.Receiver.Received.Count);
    }

    [Fact]
    public async Task A_redelivery_that_fails_is_retried_like_the_first_delivery()
    {
        var id = await DeliveredAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(503);
        (await RedeliverAsync(id)).Dispose();
        await _bench.UntilAsync(id, "pending 2 503 refused");

        _bench.Receiver.Answer = WebhookReceiver.Status(200);
        await TickLaterAsync();
        Assert.Equal("delivered 3 200", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_that_awaits_its_next_attempt_is_sent_immediately()
    {
        var id = await _bench.EndedJobAsync();
        _bench.Receiver.Answer = WebhookReceiver.Status(429, "Retry-After", "3600");
        await _bench.DeliverAsync(id);
        _bench.Receiver.Answer = WebhookReceiver.Status(200);
        (await RedeliverAsync(id)).Dispose();

        await _bench.UntilAsync(id, "delivered 2 200");
    }

    [Fact]
    public async Task Concurrent_redelivery_requests_in_several_processes_send_one_webhook()
    {
        using var other = _bench.Start();
        var id = await DeliveredAsync();
        _bench.Receiver.Answer = context => Task.Delay(100, context.RequestAborted);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var service = i % 2 == 0 ? _bench.Service : other;
            using var response = await service.SendAsync(HttpMethod.Post, $"/jobs/{id}/webhook/redeliver");
            Assert.Equal(202, (int)response.StatusCode);
        }));

        await _bench.UntilAsync(id, "delivered 2 200");
        Assert.Equal(2, _bench.Receiver.Received.Count);
    }

    [Fact]
    public async Task A_redelivery_whose_process_died_is_sent_by_the_clock()
    {
        var id = await DeliveredAsync();
        await _bench.Service.Get<DeliveryStore>().RequestAsync(id, (await DeliveryAsync(id)).State.Requested(_bench.Clock.GetUtcNow()), default);
        await _bench.Service.Get<DueJobs>().PutAsync(id, _bench.Clock.GetUtcNow(), default);
        await TickLaterAsync();
        Assert.Equal("delivered 2 204", await _bench.OutcomeAsync(id));

        // A late duplicate of the request changes nothing, because its attempt has been made.
        await _bench.Service.Get<DeliveryStore>().RequestAsync(
            id, DeliveryState.Unsent(_bench.Receiver.Url) with { Attempts = 1, NextAttemptAt = _bench.Clock.GetUtcNow() }, default);
        await TickLaterAsync();
        Assert.Equal("delivered 2 204", await _bench.OutcomeAsync(id));
        Assert.Equal(2, _bench.Receiver.Received.Count);
    }

    [Fact]
    public async Task Only_an_ended_job_with_a_callback_URL_has_a_webhook_to_send_again()
    {
        using var upload = await _bench.Service.PostAsync(
            "/uploads", $$$"""{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":5,"job":{"position":1,"outputName":"a.png","callbackUrl":"{{{_bench.Receiver.Url}}}"}}""");
        using var unfinished = await RedeliverAsync(JobId.Parse((string)(await upload.JsonAsync())["jobId"]!));
        Assert.Equal("job_not_finished", await unfinished.ProblemAsync(409));

        using var silent = await _bench.Service.PostAsync(
            "/uploads", """{"fileName":"a.mp4","contentType":"video/mp4","sizeBytes":5,"job":{"position":1,"outputName":"a.png"}}""");
        using var refused = await RedeliverAsync(JobId.Parse((string)(await silent.JsonAsync())["jobId"]!));
        Assert.Equal("callback_url_missing", await refused.ProblemAsync(422));

        using var missing = await RedeliverAsync(JobId.New(_bench.Clock));
        Assert.Equal("job_not_found", await missing.ProblemAsync(404));
    }

    private async Task<JobId> DeliveredAsync()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.DeliverAsync(id);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
        return id;
    }

    private Task<HttpResponseMessage> RedeliverAsync(JobId id) => _bench.Service.SendAsync(HttpMethod.Post, $"/jobs/{id}/webhook/redeliver");

    private async Task<Delivery> DeliveryAsync(JobId id) => (await _bench.Service.Get<JobSnapshots>().LoadAsync(id, default))!.Delivery!;

    private async Task TickLaterAsync()
    {
        _bench.Clock.Advance(TimeSpan.FromMinutes(6));
        await _bench.TickAsync();
    }
}
