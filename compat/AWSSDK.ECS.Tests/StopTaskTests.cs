using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class StopTaskTests : EcsTest
{
    [Fact]
    public async Task StopTask_stops_a_task_with_the_given_reason()
    {
        var arn = await StartAsync();
        await Server.RunAsync(arn);
        var task = (await Client.StopTaskAsync(FullRequests.StopTask(arn))).Task;

        AssertJson($$"""{ "cluster": "thumbnails", "reason": "Enough", "task": "{{arn}}" }""", Server.Requests[^1].Body);
        Assert.Equal(("RUNNING", "STOPPED"), (task.LastStatus, task.DesiredStatus));
        Assert.Equal(TaskStopCode.UserInitiated, task.StopCode);
        Assert.Equal("Enough", task.StoppedReason);
        Assert.Equal(Clock.GetUtcNow().UtcDateTime, task.StoppingAt);
    }

    [Fact]
    public async Task StopTask_stops_a_provisioning_task_before_it_runs()
    {
        var arn = await StartAsync();
        await Client.StopTaskAsync(FullRequests.StopTask(arn));
        await Server.AdvanceAsync(arn);
        Assert.Equal("DEPROVISIONING", (await DescribeAsync(arn)).LastStatus);
        await Server.AdvanceAsync(arn);

        Assert.Null((await DescribeAsync(arn)).Containers.Single().ExitCode);
    }

    [Fact]
    public async Task The_first_stop_reason_is_kept()
    {
        var arn = await StartAsync();
        await Server.RunAsync(arn);
        await Client.StopTaskAsync(FullRequests.StopTask(arn));
        Server.Stop(arn, exitCode: 143);

        var task = (await Client.StopTaskAsync(FullRequests.StopTask(arn))).Task;

        Assert.Equal(("UserInitiated", "Enough", 143), (task.StopCode.Value, task.StoppedReason, task.Containers.Single().ExitCode));
    }

    [Fact]
    public async Task StopTask_rejects_an_unknown_task() =>
        await Assert.ThrowsAsync<InvalidParameterException>(() => Client.StopTaskAsync(FullRequests.StopTask("42")));
}
