using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests.Servers;

public class VisibilityTests : EcsTest
{
    [Fact]
    public async Task DescribeTasks_can_miss_a_new_task_for_a_number_of_calls()
    {
        Server.MissingDescribes = 2;
        var arn = await StartAsync();

        Assert.Equal([(arn, "MISSING")], await FailuresAsync(arn));
        Assert.Equal([(arn, "MISSING")], await FailuresAsync(arn));
        Assert.Empty(await FailuresAsync(arn));
    }

    [Fact]
    public async Task DescribeTasks_can_miss_a_new_task_for_some_time()
    {
        Server.MissingFor = TimeSpan.FromSeconds(3);
        var arn = await StartAsync();
        Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(await FailuresAsync(arn));
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await FailuresAsync(arn));
    }

    [Fact]
    public async Task DescribeTasks_misses_a_task_an_hour_after_it_stopped()
    {
        var arn = await StartAsync();
        Server.Stop(arn);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await FailuresAsync(arn));
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([(arn, "MISSING")], await FailuresAsync(arn));
        await Assert.ThrowsAsync<InvalidParameterException>(() => Client.StopTaskAsync(FullRequests.StopTask(arn)));
        Assert.Empty((await Client.ListTasksAsync(
            new ListTasksRequest { Cluster = Cluster, DesiredStatus = DesiredStatus.STOPPED })).TaskArns);
    }

    [Fact]
    public async Task DescribeTasks_finds_a_task_by_its_ID_only_in_its_cluster()
    {
        Server.CreateCluster("other");
        var arn = await StartAsync();
        var id = arn.Split('/')[^1];
        var elsewhere = await Client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = "other", Tasks = [id] });

        Assert.Equal(arn, (await DescribeAsync(id)).TaskArn);
        Assert.Equal($"arn:aws:ecs:us-east-1:123456789012:task/other/{id}", elsewhere.Failures.Single().Arn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task DescribeTasks_accepts_1_to_100_tasks(int count)
    {
        var ids = Enumerable.Range(0, count).Select(number => $"{number}");
        var request = new DescribeTasksRequest { Cluster = Cluster, Tasks = [.. ids] };

        await Assert.ThrowsAsync<InvalidParameterException>(() => Client.DescribeTasksAsync(request));
    }

    private async Task<IEnumerable<(string, string)>> FailuresAsync(string arn)
    {
        var response = await Client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = Cluster, Tasks = [arn] });
        Assert.Equal(1, response.Tasks.Count + response.Failures.Count);
        return response.Failures.Select(failure => (failure.Arn, failure.Reason));
    }
}
