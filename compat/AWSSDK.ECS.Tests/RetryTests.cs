using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class RetryTests : EcsTest
{
    [Fact]
    public async Task A_call_that_is_throttled_three_times_succeeds_at_the_fourth()
    {
        var config = Config();
        config.MaxErrorRetry = 3;
        using var patient = new FastRetryClient(config);
        Server.Faults.Throttle(EcsOperation.RunTask, times: 3);

        Assert.Single((await patient.RunTaskAsync(Minimal())).Tasks);
        Assert.Equal(4, Server.Requests.Count);
        Assert.Single(Server.Tasks);
    }

    [Fact]
    public async Task RunTask_is_retried_with_the_same_token_after_a_lost_response()
    {
        Server.Faults.CutConnection(EcsOperation.RunTask);

        var arn = await StartAsync();

        Assert.Equal(arn, Assert.Single(Server.Tasks).Arn);
        Assert.Equal(2, Server.Requests.Count);
        Assert.Single(Server.Requests.Select(request => request.Body.GetProperty("clientToken").GetString()).Distinct());
    }

    [Fact]
    public async Task A_call_is_retried_after_a_server_error()
    {
        Server.Faults.ServerError(EcsOperation.RunTask, times: 2);

        await StartAsync();

        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task A_call_is_retried_after_a_timeout()
    {
        // On a busy machine the retries can time out too.
        var config = Config();
        (config.Timeout, config.MaxErrorRetry) = (TimeSpan.FromMilliseconds(250), 20);
        using var hurried = new FastRetryClient(config);
        Server.Faults.Delay(EcsOperation.RunTask, TimeSpan.FromMinutes(1));

        Assert.Single((await hurried.RunTaskAsync(Minimal())).Tasks);
        Assert.Single(Server.Tasks);
        Assert.InRange(Server.Requests.Count, 2, 21);
    }

    [Fact]
    public async Task A_call_can_be_canceled_while_it_waits_for_a_response()
    {
        Server.Faults.Delay(EcsOperation.RunTask, TimeSpan.FromMinutes(1));
        using var cancellation = new CancellationTokenSource();
        var call = Client.RunTaskAsync(Minimal(), cancellation.Token);
        while (Server.Requests.Count == 0 && !call.IsCompleted)
            await Task.Delay(5);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(Server.Tasks);
    }

    [Fact]
    public async Task A_call_with_a_canceled_token_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.RunTaskAsync(Minimal(), new CancellationToken(true)));
        Assert.Empty(Server.Requests);
    }
}
