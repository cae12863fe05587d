using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Tests.Webhooks;

/// <summary>Webhooks when events are duplicated, concurrent, late or lost, and processes die.</summary>
public sealed class WebhookExactlyOnceTests : IAsyncLifetime
{
    private WebhookBench _bench = null!;

    public async Task InitializeAsync() => _bench = await WebhookBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task A_duplicated_event_sends_one_webhook()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.DeliverAsync(id);
        await _bench.DeliverAsync(id);
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await _bench.DeliverAsync(id);
        await _bench.TickAsync();

        Assert.Single(_bench.Receiver.Received);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task Concurrent_events_in_several_processes_send_one_webhook()
    {
        using var other = _bench.Start();
        _bench.Receiver.Answer = context => Task.Delay(100, context.RequestAborted);
        var ids = new List<JobId>();
        for (var i = 0; i < 5; i++)
            ids.Add(await _bench.EndedJobAsync());
        _bench.Clock.Advance(TimeSpan.FromMinutes(2));
        var (here, there) = (_bench.Service.Get<JobReconciler>(), other.Get<JobReconciler>());
        await Task.WhenAll(ids.SelectMany(id => Enumerable.Range(0, 4).SelectMany(_ => (Task[])[here.RunAsync(id, false, default), there.RunAsync(id, false, default)]))
            .Append(_bench.TickAsync()).Append(other.Get<JobClock>().TickAsync(default)));

        Assert.Equal(ids.Select(id => $"{id}").Order(), _bench.Receiver.Received.Select(webhook => webhook.Headers["webhook-id"]).Order());
        foreach (var id in ids)
            Assert.Equal("delivered 1 200", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_is_sent_by_the_clock_when_its_event_was_lost()
    {
        var id = await _bench.EndedJobAsync();
        using var restarted = _bench.Start();
        await restarted.Get<JobClock>().RecoverAsync(default);

        Assert.Single(_bench.Receiver.Received);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_attempt_that_died_is_repeated_with_the_same_ID()
    {
        var id = await _bench.EndedJobAsync();
        Assert.True(await _bench.Service.Get<DeliveryStore>().ClaimAsync(id, 1, _bench.Clock.GetUtcNow(), default));
        _bench.Clock.Advance(TimeSpan.FromMinutes(4));
        await _bench.TickAsync();
        Assert.Empty(_bench.Receiver.Received);

        _bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await _bench.TickAsync();
        Assert.Equal($"{id}", Assert.Single(_bench.Receiver.Received).Headers["webhook-id"]);
        Assert.Equal("delivered 2 204", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_is_given_up_when_every_attempt_dies()
    {
        var id = await _bench.EndedJobAsync();
        for (var attempt = 1; attempt <= JobLifecycle.DeliveryGaps.Length + 1; attempt++)
            await _bench.Service.Get<DeliveryStore>().ClaimAsync(id, attempt, _bench.Clock.GetUtcNow(), default);
        _bench.Clock.Advance(TimeSpan.FromMinutes(6));
        await _bench.TickAsync();

        Assert.Empty(_bench.Receiver.Received);
        Assert.Equal("failed 10 interrupted", await _bench.OutcomeAsync(id));
    }

    [Fact]
    public async Task A_webhook_attempt_that_outlived_its_lease_changes_nothing()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.DeliverAsync(id);
        var late = new DeliveryAttempt(_bench.Clock.GetUtcNow()) { EndedAt = _bench.Clock.GetUtcNow(), Error = DeliveryError.TimedOut, NextAttemptAt = _bench.Clock.GetUtcNow() };
        await _bench.Service.Get<DeliveryStore>().RecordAsync(id, 1, late, default);
        _bench.Clock.Advance(TimeSpan.FromHours(1));
        await _bench.TickAsync();

        Assert.Single(_bench.Receiver.Received);
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
        Assert.Empty(await _bench.DueAsync());
    }

    [Fact]
    public async Task A_clock_entry_without_a_job_is_removed_when_due()
    {
        var id = await _bench.EndedJobAsync();
        await _bench.Store.DeleteAsync(ObjectKeys.Job(id), default);
        await _bench.Service.Get<JobClock>().RecoverAsync(default);
        Assert.Single(await _bench.DueAsync());

        _bench.Clock.Advance(TimeSpan.FromMinutes(2));
        await _bench.TickAsync();
        Assert.Empty(await _bench.DueAsync());
        Assert.Empty(_bench.Receiver.Received);
    }

    [Fact]
    public async Task A_webhook_waits_until_a_secret_is_configured()
    {
        var id = await _bench.EndedJobAsync();
        using var unarmed = _bench.Start(null, ("Webhooks:Secret", null));
        await unarmed.Get<JobReconciler>().RunAsync(id, false, default);
        Assert.Empty(_bench.Receiver.Received);
        Assert.Contains("Webhooks:Secret", Assert.Single(_bench.Log), StringComparison.Ordinal);

        _bench.Clock.Advance(TimeSpan.FromMinutes(11));
        await _bench.TickAsync();
        Assert.Equal("delivered 1 204", await _bench.OutcomeAsync(id));
    }
}
