using Amazon.ECS.Model;
using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests.Servers;

public class IdempotencyTests : EcsTest
{
    [Fact]
    public async Task The_same_token_and_parameters_return_the_same_task() =>
        Assert.Equal(await StartAsync(WithToken()), await StartAsync(WithToken()));

    [Fact]
    public async Task Client_tokens_are_scoped_to_a_cluster()
    {
        Server.CreateCluster("other");
        var request = WithToken();
        request.Cluster = "other";

        Assert.NotEqual(await StartAsync(WithToken()), await StartAsync(request));
    }

    [Fact]
    public async Task A_token_with_different_parameters_or_overrides_is_a_conflict()
    {
        var arn = await StartAsync(WithToken());
        var request = WithToken();
        request.Overrides = new TaskOverride { Cpu = "512" };

        var conflict = await Assert.ThrowsAsync<ConflictException>(() => Client.RunTaskAsync(request));

        Assert.Equal([arn], conflict.ResourceIds);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public async Task A_token_expires_an_hour_after_its_task_stopped(int minutes, bool isRemembered)
    {
        var arn = await StartAsync(WithToken());
        Clock.Advance(TimeSpan.FromHours(5));
        Server.Stop(arn);
        Clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(isRemembered, arn == await StartAsync(WithToken()));
    }

    [Fact]
    public async Task A_token_expires_after_a_day()
    {
        var arn = await StartAsync(WithToken());
        Clock.Advance(TimeSpan.FromHours(24.5));

        Assert.NotEqual(arn, await StartAsync(WithToken()));
    }

    [Fact]
    public async Task A_token_can_be_reused_after_a_call_that_started_nothing()
    {
        Server.Faults.RunTaskFailures(EcsFailure.TaskLimit);
        Assert.Empty((await Client.RunTaskAsync(WithToken())).Tasks);

        await StartAsync(WithToken());
    }

    private static RunTaskRequest WithToken()
    {
        var request = Minimal();
        request.ClientToken = "job-1";
        return request;
    }
}
