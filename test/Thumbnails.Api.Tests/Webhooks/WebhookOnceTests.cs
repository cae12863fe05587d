using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>Events come twice, at once, late or never, and processes die.</summary>
public sealed class WebhookOnceTests : IAsyncLifetime
{
    private WebhookBench _bench = null!;

    public async Task InitializeAsync() => _bench = await WebhookBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task An_event_that_comes_twice_sends_one_webhook()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.DeliverAsync(id);
        await _bench.DeliverAsync(id);
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await _bench.DeliverAsync(id);
        await _bench.RetryAsync();

        Assert.Single(_bench.Receiver.Received);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task Events_that_come_at_once_in_several_processes_send_one_webhook()
    {
        using var other = _bench.Start();
        _bench.Receiver.Answer = context => Task.Delay(100, context.RequestAborted);
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
            ids.Add(await _bench.EndedJobAsync());
        var (here, there) = (_bench.Service.Get<WebhookDelivery>(), other.Get<WebhookDelivery>());
        await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 4).SelectMany(_ => (Task[])[here.DeliverAsync(id, default), there.DeliverAsync(id, default)]))
            .Append(here.RetryDueAsync(default)).Append(there.RetryDueAsync(default)));

        Assert.Equal(ids.Select(id => $"{id}").Order(), _bench.Receiver.Received.Select(webhook => webhook.Headers["webhook-id"]).Order());
        foreach (var id in ids)
            Assert.Equal("delivered 1 200", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_of_which_no_event_told_is_sent_by_the_schedule_after_a_restart()
    {
        var id = await _bench.EndedJobAsync();
        using var restarted = _bench.Start();
        await restarted.Get<WebhookDelivery>().RetryDueAsync(default);

        Assert.Single(_bench.Receiver.Received);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task An_attempt_whose_process_died_is_followed_by_another_under_the_same_id()
    {
        var id = await _bench.EndedJobAsync();
        var claim = new AttemptLease(_bench.Clock.GetUtcNow());
        Assert.True(await _bench.Service.Get<DeliveryStore>().ClaimAsync(id, 1, claim, default));
        _bench.Clock.Advance(TimeSpan.FromMinutes(4));
        await _bench.RetryAsync();
        Assert.Empty(_bench.Receiver.Received);

        _bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await _bench.RetryAsync();
        Assert.Equal($"{id}", Assert.Single(_bench.Receiver.Received).Headers["webhook-id"]);
        Assert.Equal("delivered 2 204", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_whose_every_attempt_dies_is_given_up()
    {
        var id = await _bench.EndedJobAsync();
        for (var attempt = 1; attempt <= RetrySchedule.MaxAttempts; attempt++)
            await _bench.Service.Get<DeliveryStore>().ClaimAsync(id, attempt, new AttemptLease(_bench.Clock.GetUtcNow()), default);
        _bench.Clock.Advance(TimeSpan.FromMinutes(6));
        await _bench.RetryAsync();

        Assert.Empty(_bench.Receiver.Received);
        Assert.Equal("failed 10 interrupted", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_slow_process_that_comes_too_late_changes_nothing()
    {
        var id = await _bench.EndedJobAsync();
        var states = _bench.Service.Get<DeliveryStore>();
        var before = await states.FindOwedAsync(id, default);
        await _bench.DeliverAsync(id);
        await states.RecordAsync(id, before!.After(1, AttemptResult.TimedOut, _bench.Clock.GetUtcNow()), default);
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await _bench.RetryAsync();

        Assert.Single(_bench.Receiver.Received);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
        Assert.Empty(await _bench.Store.ListAsync(ObjectKeys.OwedWebhooks, null, 10, default));
    }

    [Fact]
    public async Task A_job_that_has_not_ended_is_not_told_of()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.Store.DeleteAsync(ObjectKeys.Result(id), default);
        await _bench.DeliverAsync(id);
        await _bench.RetryAsync();
        Assert.Empty(_bench.Receiver.Received);

        var result = new JobResult { Status = JobStatus.Canceled, FinishedAt = _bench.Clock.GetUtcNow() };
        await _bench.Store.PutJsonAsync(ObjectKeys.Result(id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, default);
        await _bench.RetryAsync();
        Assert.Single(_bench.Receiver.Received);
    }

    [Fact]
    public async Task A_mark_whose_job_never_came_to_be_goes_after_an_hour()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.Store.DeleteAsync(ObjectKeys.Job(id), default);
        await _bench.RetryAsync();
        Assert.Single(await _bench.Store.ListAsync(ObjectKeys.OwedWebhooks, null, 10, default));

        _bench.Clock.Advance(TimeSpan.FromHours(2));
        await _bench.RetryAsync();
        Assert.Empty(await _bench.Store.ListAsync(ObjectKeys.OwedWebhooks, null, 10, default));
    }

    [Fact]
    public async Task Without_a_secret_a_webhook_waits_until_there_is_one()
    {
        var id = await _bench.EndedJobAsync();
        using var unarmed = _bench.Start(null, ("Webhooks:Secret", null));
        await unarmed.Get<WebhookDelivery>().RetryDueAsync(default);
        Assert.Empty(_bench.Receiver.Received);
        Assert.Contains("Webhooks:Secret", Assert.Single(_bench.Log), StringComparison.Ordinal);

        await _bench.RetryAsync();
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
    }
}
