using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class DescribeTasksTests : EcsTest
{
    [Fact]
    public async Task DescribeTasks_sends_every_member_of_its_request()
    {
        await Client.DescribeTasksAsync(FullRequests.DescribeTasks("42"));

        AssertJson("""{ "cluster": "thumbnails", "include": ["TAGS"], "tasks": ["42"] }""", Server.Requests.Single().Body);
    }

    [Fact]
    public async Task DescribeTasks_reports_every_status_of_a_task()
    {
        var arn = await StartAsync();
        var statuses = new List<string>();
        var versions = new List<long?>();
        Model.Task task;
        for (task = await DescribeAsync(arn); task.LastStatus != "STOPPED"; task = await DescribeAsync(arn))
        {
            statuses.Add(task.LastStatus);
            versions.Add(task.Version);
            Clock.Advance(TimeSpan.FromSeconds(1.5));
            await Server.AdvanceAsync(arn);
        }

        Assert.Equal(
            ["PROVISIONING", "PENDING", "ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING", "DEPROVISIONING"], statuses);
        Assert.Equal(versions.Distinct().Order(), versions);
        Assert.Equal("STOPPED", task.DesiredStatus);
        Assert.Equal(TaskStopCode.EssentialContainerExited, task.StopCode);
        Assert.Equal("Essential container in task exited", task.StoppedReason);
        Assert.Equal(0, task.Containers.Single().ExitCode);
        Assert.Equal("STOPPED", task.Containers[0].LastStatus);
        Assert.StartsWith("sha256:", task.Containers[0].ImageDigest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Task_times_are_UTC_with_milliseconds()
    {
        var arn = await StartAsync();
        var started = Clock.GetUtcNow().UtcDateTime;
        for (var step = 0; step < 7; step++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(1001));
            await Server.AdvanceAsync(arn);
        }

        var task = await DescribeAsync(arn);
        var times = new[]
        {
            task.CreatedAt, task.PullStartedAt, task.PullStoppedAt, task.StartedAt, task.StoppingAt, task.ExecutionStoppedAt,
            task.StoppedAt,
        };
        Assert.Equal(
            [0, 2002, 3003, 3003, 4004, 6006, 7007],
            times.Select(time => Math.Round((time!.Value - started).TotalMilliseconds)));
        Assert.Equal(DateTimeKind.Utc, task.StoppedAt!.Value.Kind);
        Assert.Equal(task.PullStartedAt, task.ConnectivityAt);
    }

    [Fact]
    public async Task A_container_that_never_started_has_no_exit_code()
    {
        var arn = await StartAsync();
        Server.Stop(arn, "TaskFailedToStart", "CannotPullContainerError: pull image manifest has been retried 5 time(s)");

        var task = await DescribeAsync(arn);

        Assert.Equal(TaskStopCode.TaskFailedToStart, task.StopCode);
        Assert.StartsWith("CannotPullContainerError", task.StoppedReason, StringComparison.Ordinal);
        Assert.Null(task.Containers.Single().ExitCode);
        Assert.Null(task.StartedAt);
        Assert.Null(task.PullStoppedAt);
    }

    [Fact]
    public async Task An_injected_container_comes_first_and_has_its_own_exit_code()
    {
        var arn = await StartAsync();
        Server.Inject(arn, "aws-guardduty-agent-1", exitCode: 1);
        await Server.RunAsync(arn);
        Server.Stop(arn, exitCode: 137, containerReason: "OutOfMemoryError: Container killed due to memory usage");

        var containers = (await DescribeAsync(arn)).Containers;

        Assert.Equal(
            [("aws-guardduty-agent-1", 1), (Worker, 137)],
            containers.Select(container => (container.Name, container.ExitCode!.Value)));
        Assert.Null(containers[0].Reason);
        Assert.StartsWith("OutOfMemoryError", containers[1].Reason, StringComparison.Ordinal);
        Assert.Equal("guardduty-agent", containers[0].Image);
    }

    [Fact]
    public async Task Unknown_stop_codes_are_preserved()
    {
        var arn = await StartAsync();
        Server.Stop(arn, "InfrastructureHealth");

        var code = (await DescribeAsync(arn)).StopCode;

        Assert.Equal("InfrastructureHealth", code.Value);
        Assert.Equal("InfrastructureHealth", code);
        Assert.Same(TaskStopCode.SpotInterruption, TaskStopCode.FindValue("SpotInterruption"));
    }

    [Fact]
    public async Task Tags_are_returned_only_when_requested()
    {
        var request = FullRequests.RunTask();
        request.Count = 1;
        var arn = await StartAsync(request);

        Assert.Empty((await DescribeAsync(arn)).Tags);
        Assert.Equal("team", (await Client.DescribeTasksAsync(FullRequests.DescribeTasks(arn))).Tasks.Single().Tags.Single().Key);
    }

    [Fact]
    public async Task Unknown_response_members_are_ignored()
    {
        Server.Faults.Answer(EcsOperation.DescribeTasks, JsonNode.Parse(
            """
            {
              "tasks": [{
                "taskArn": "arn", "new": { "deep": [1, { "x": null }] }, "startedAt": null, "version": 7, "createdAt": 1.7E9
              }],
              "more": []
            }
            """)!);

        var task = await DescribeAsync("arn");

        Assert.Equal(("arn", 7, null), (task.TaskArn, task.Version, task.StartedAt));
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), task.CreatedAt);
        Assert.Null(task.Containers);
    }
}
