using Amazon.ECS.Model;
using KeyValuePair = Amazon.ECS.Model.KeyValuePair;

namespace Amazon.ECS.Tests;

/// <summary>Requests with every member set, except members that exclude each other.</summary>
internal static class FullRequests
{
    public static RunTaskRequest RunTask() => new()
    {
        ClientToken = "token",
        Cluster = "thumbnails",
        Count = 2,
        EnableECSManagedTags = true,
        EnableExecuteCommand = false,
        Group = "family:mine",
        LaunchType = LaunchType.FARGATE,
        NetworkConfiguration = new NetworkConfiguration
        {
            AwsvpcConfiguration = new AwsVpcConfiguration
            {
                Subnets = ["subnet-1", "subnet-2"],
                SecurityGroups = ["sg-1"],
                AssignPublicIp = AssignPublicIp.ENABLED,
            },
        },
        Overrides = Overrides(),
        PlatformVersion = "1.4.0",
        PropagateTags = PropagateTags.TASK_DEFINITION,
        ReferenceId = "reference",
        StartedBy = "job/42",
        Tags = [new Tag { Key = "team", Value = "video" }],
        TaskDefinition = "worker-family:1",
    };

    public static RunTaskRequest RunTaskOnSpot()
    {
        var request = RunTask();
        request.LaunchType = null;
        request.CapacityProviderStrategy =
        [
            new CapacityProviderStrategyItem { CapacityProvider = "FARGATE_SPOT", Base = 1, Weight = 10 },
            new CapacityProviderStrategyItem { CapacityProvider = "FARGATE", Base = 0, Weight = 0 },
        ];
        return request;
    }

    public static DescribeTasksRequest DescribeTasks(string arn) => new() { Cluster = "thumbnails", Include = ["TAGS"], Tasks = [arn] };

    public static StopTaskRequest StopTask(string arn) => new() { Cluster = "thumbnails", Reason = "Enough", Task = arn };

    public static ListTasksRequest ListTasks(string nextToken) => new()
    {
        Cluster = "thumbnails",
        DesiredStatus = DesiredStatus.RUNNING,
        Family = "worker-family",
        LaunchType = LaunchType.FARGATE,
        MaxResults = 2,
        NextToken = nextToken,
    };

    private static TaskOverride Overrides() => new()
    {
        ContainerOverrides =
        [
            new ContainerOverride
            {
                Name = "worker",
                Command = ["run", "--fast"],
                Cpu = 128,
                Environment =
                [
                    new KeyValuePair { Name = "JOB_ID", Value = "0042 \"ä\" <&>" },
                    new KeyValuePair { Name = "EMPTY", Value = "" },
                ],
                Memory = 256,
                MemoryReservation = 64,
            },
        ],
        Cpu = "512",
        EphemeralStorage = new EphemeralStorage { SizeInGiB = 30 },
        ExecutionRoleArn = "arn:aws:iam::123456789012:role/execution",
        Memory = "1024",
        TaskRoleArn = "arn:aws:iam::123456789012:role/task",
    };
}
