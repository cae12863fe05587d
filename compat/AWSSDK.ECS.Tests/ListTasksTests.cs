using Amazon.ECS.Model;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class ListTasksTests : EcsTest
{
    [Fact]
    public async Task ListTasks_pages_through_all_tasks()
    {
        var arns = new List<string> { await StartAsync(), await StartAsync(), await StartAsync() };

        var first = await Client.ListTasksAsync(new ListTasksRequest { Cluster = Cluster, MaxResults = 2 });
        var second = await Client.ListTasksAsync(FullRequests.ListTasks(first.NextToken));

        Assert.Equal(arns, first.TaskArns.Concat(second.TaskArns));
        Assert.Null(second.NextToken);
        AssertJson(
            $$"""
            {
              "cluster": "thumbnails", "desiredStatus": "RUNNING", "family": "worker-family", "launchType": "FARGATE", "maxResults": 2,
              "nextToken": "{{first.NextToken}}"
            }
            """,
            Server.Requests[^1].Body);
    }

    [Fact]
    public async Task ListTasks_finds_running_tasks_by_startedBy()
    {
        var request = Minimal();
        request.StartedBy = "job-1";
        var (mine, _) = (await StartAsync(request), await StartAsync());
        var search = new ListTasksRequest { Cluster = Cluster, StartedBy = "job-1" };

        Assert.Equal([mine], (await Client.ListTasksAsync(search)).TaskArns);
        Server.Stop(mine);
        Assert.Empty((await Client.ListTasksAsync(search)).TaskArns);
        Assert.Equal(
            [mine],
            (await Client.ListTasksAsync(new ListTasksRequest { Cluster = Cluster, DesiredStatus = DesiredStatus.STOPPED })).TaskArns);
    }

    [Fact]
    public async Task ListTasks_rejects_startedBy_with_another_filter()
    {
        var request = new ListTasksRequest { Cluster = Cluster, StartedBy = "job-1", Family = Family };
        await Assert.ThrowsAsync<InvalidParameterException>(() => Client.ListTasksAsync(request));
    }
}
