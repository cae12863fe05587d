using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class RetryTests : EcsTest
{
    [Fact]
    public async Task Throttled_three_times_a_call_succeeds_at_the_fourth()
    {
        var config = Config();
        config.MaxErrorRetry = 3;
        using var patient = new HastyClient(config);
        Server.Faults.Throttle(EcsOperation.RunTask, times: 3);

        Assert.Single((await patient.RunTaskAsync(Minimal())).Tasks);
        Assert.Equal(4, Server.Requests.Count);
        Assert.Single(Server.Tasks);
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_is_made_again_with_the_same_token_and_starts_one_task()
    {
        Server.Faults.CutConnection(EcsOperation.RunTask);

        var arn = await StartAsync();

        Assert.Equal(arn, Assert.Single(Server.Tasks).Arn);
        Assert.Equal(2, Server.Requests.Count);
        Assert.Single(Server.Requests.Select(request => request.Body.GetProperty("clientToken").GetString()).Distinct());
    }

    [Fact]
    public async Task A_call_that_the_server_failed_is_made_again()
    {
        Server.Faults.ServerError(EcsOperation.RunTask, times: 2);

        await StartAsync();

        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_made_again()
    {
        // Even the attempts that follow may take too long, on a busy machine.
        var config = Config();
        (config.Timeout, config.MaxErrorRetry) = (TimeSpan.FromMilliseconds(250), 20);
        using var hurried = new HastyClient(config);
        Server.Faults.Delay(EcsOperation.RunTask, TimeSpan.FromMinutes(1));

        Assert.Single((await hurried.RunTaskAsync(Minimal())).Tasks);
        Assert.Single(Server.Tasks);
        Assert.InRange(Server.Requests.Count, 2, 21);
    }

    [Fact]
    public async Task A_call_can_be_canceled_while_it_waits()
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
    public async Task A_canceled_call_is_not_made()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.RunTaskAsync(Minimal(), new CancellationToken(true)));
        Assert.Empty(Server.Requests);
    }
}
