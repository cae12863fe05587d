using System.Net;
using Amazon.ECS.Model;
using Thumbnails.TestServers.Ecs;
using KeyValuePair = Amazon.ECS.Model.KeyValuePair;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class RunTaskTests : EcsTest
{
    [Fact]
    public async Task RunTask_sends_every_member_of_its_request()
    {
        await Client.RunTaskAsync(FullRequests.RunTask());

        AssertJson(
            """
            {
              "clientToken": "token",
              "cluster": "thumbnails",
              "count": 2,
              "enableECSManagedTags": true,
              "enableExecuteCommand": false,
              "group": "family:mine",
              "launchType": "FARGATE",
              "networkConfiguration": {
                "awsvpcConfiguration": {
                  "subnets": ["subnet-1", "subnet-2"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED"
                }
              },
              "overrides": {
                "containerOverrides": [{
                  "name": "worker", "command": ["run", "--fast"], "cpu": 128, "memory": 256, "memoryReservation": 64,
                  "environment": [{ "name": "JOB_ID", "value": "0042 \"ä\" <&>" }, { "name": "EMPTY", "value": "" }]
                }],
                "cpu": "512", "memory": "1024", "ephemeralStorage": { "sizeInGiB": 30 },
                "executionRoleArn": "arn:aws:iam::123456789012:role/execution",
                "taskRoleArn": "arn:aws:iam::123456789012:role/task"
              },
              "platformVersion": "1.4.0",
              "propagateTags": "TASK_DEFINITION",
              "referenceId": "reference",
              "startedBy": "job/42",
              "tags": [{ "key": "team", "value": "video" }],
              "taskDefinition": "worker-family:1"
            }
            """,
            Server.Requests.Single().Body);
    }

    [Fact]
    public async Task RunTask_sends_a_capacity_provider_strategy()
    {
        var response = await Client.RunTaskAsync(FullRequests.RunTaskOnSpot());

        AssertJson(
            """
            [
              { "capacityProvider": "FARGATE_SPOT", "base": 1, "weight": 10 },
              { "capacityProvider": "FARGATE", "base": 0, "weight": 0 }
            ]
            """,
            Server.Requests.Single().Body.GetProperty("capacityProviderStrategy"));
        Assert.Equal("FARGATE_SPOT", response.Tasks[0].CapacityProviderName);
        Assert.Equal(LaunchType.FARGATE, response.Tasks[0].LaunchType);
    }

    [Fact]
    public async Task RunTask_sends_only_members_that_are_set_and_a_token()
    {
        await Assert.ThrowsAsync<ClusterNotFoundException>(() => Client.RunTaskAsync(new RunTaskRequest { TaskDefinition = "any" }));

        var body = Server.Requests.Single().Body;
        Assert.True(Guid.TryParse(body.GetProperty("clientToken").GetString(), out _));
        Assert.Equal(["clientToken", "taskDefinition"], body.EnumerateObject().Select(member => member.Name).Order());
    }

    [Fact]
    public async Task Each_call_without_a_token_gets_its_own_token()
    {
        var request = Minimal();
        Assert.NotEqual(await StartAsync(request), await StartAsync(request));
        Assert.Null(request.ClientToken);
    }

    [Fact]
    public async Task Empty_lists_are_sent_and_null_lists_are_not()
    {
        var request = Minimal();
        request.Tags = [];
        await Client.RunTaskAsync(request);

        Assert.Equal(0, Server.Requests.Single().Body.GetProperty("tags").GetArrayLength());
        Assert.False(Server.Requests.Single().Body.TryGetProperty("capacityProviderStrategy", out _));
    }

    [Fact]
    public async Task RunTask_returns_the_tasks_that_it_started()
    {
        var response = await Client.RunTaskAsync(FullRequests.RunTask());

        Assert.Equal(HttpStatusCode.OK, response.HttpStatusCode);
        Assert.NotEmpty(response.ResponseMetadata.RequestId);
        Assert.Equal(Server.Tasks.Select(task => task.Arn), response.Tasks.Select(task => task.TaskArn));
        Assert.Empty(response.Failures);
        var task = response.Tasks[1];
        Assert.Equal("PROVISIONING", task.LastStatus);
        Assert.Equal("RUNNING", task.DesiredStatus);
        Assert.Equal("job/42", task.StartedBy);
        Assert.Equal(("512", "1024"), (task.Cpu, task.Memory));
        Assert.Equal(Clock.GetUtcNow().UtcDateTime, task.CreatedAt);
        Assert.Equal("arn:aws:ecs:us-east-1:123456789012:cluster/thumbnails", task.ClusterArn);
        Assert.Equal("arn:aws:ecs:us-east-1:123456789012:task-definition/worker-family:1", task.TaskDefinitionArn);
        Assert.Equal(("team", "video"), (task.Tags.Single().Key, task.Tags.Single().Value));
        Assert.Equal("0042 \"ä\" <&>", task.Overrides.ContainerOverrides.Single().Environment[0].Value);
        Assert.Equal(30, task.Overrides.EphemeralStorage.SizeInGiB);
        var attachment = task.Attachments.Single();
        Assert.Equal(("ElasticNetworkInterface", "PRECREATED"), (attachment.Type, attachment.Status));
        Assert.Equal(("subnetId", "subnet-1"), (attachment.Details[0].Name, attachment.Details[0].Value));
    }

    [Fact]
    public async Task The_environment_of_the_request_overrides_that_of_the_task_definition()
    {
        Server.RegisterTaskDefinition(Family, new LoopbackContainerDefinition(Worker)
        {
            Environment = new Dictionary<string, string> { ["BUCKET"] = "media", ["JOB_ID"] = "none" },
        });
        var request = Minimal();
        request.Overrides = new TaskOverride
        {
            ContainerOverrides =
                [new ContainerOverride { Name = Worker, Environment = [new KeyValuePair { Name = "JOB_ID", Value = "42" }] }],
        };
        IReadOnlyDictionary<string, string>? environment = null;
        Server.OnRunning = (task, _) =>
        {
            environment = task.EnvironmentOf(Worker);
            return Task.FromResult<int?>(3);
        };
        var arn = await StartAsync(request);
        await Server.RunAsync(arn);

        Assert.Equal(new Dictionary<string, string> { ["BUCKET"] = "media", ["JOB_ID"] = "42" }, environment);
        Assert.Equal(3, (await DescribeAsync(arn)).Containers.Single().ExitCode);
    }

    [Fact]
    public async Task RunTask_succeeds_and_returns_the_failures()
    {
        Server.Faults.RunTaskFailures(EcsFailure.NoCapacity, new EcsFailure("RESOURCE:MEMORY", "detail", "arn:aws:ecs:instance"));

        var response = await Client.RunTaskAsync(Minimal());

        Assert.Empty(response.Tasks);
        Assert.StartsWith("Capacity is unavailable", response.Failures[0].Reason, StringComparison.Ordinal);
        Assert.Equal(
            ("RESOURCE:MEMORY", "detail", "arn:aws:ecs:instance"),
            (response.Failures[1].Reason, response.Failures[1].Detail, response.Failures[1].Arn));
    }

    [Fact]
    public async Task Lists_that_are_missing_from_a_response_are_null()
    {
        Server.Faults.Answer(EcsOperation.RunTask, new System.Text.Json.Nodes.JsonObject());

        var response = await Client.RunTaskAsync(Minimal());

        Assert.Null(response.Tasks);
        Assert.Null(response.Failures);
        Assert.Null(new RunTaskRequest().Tags);
        Assert.Null(new RunTaskRequest().CapacityProviderStrategy);
        Assert.Null(new ContainerOverride().Environment);
    }
}
