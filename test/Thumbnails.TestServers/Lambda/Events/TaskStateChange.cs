using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>A task as an ECS event reports it; null members are omitted.</summary>
public sealed record TaskStateChange
{
    /// <summary>The ARN of the task.</summary>
    public string TaskArn { get; init; } =
        "arn:aws:ecs:us-east-1:123456789012:task/FargateCluster/c13b4cb40f1f4fe4a2971f76ae5a47ad";

    /// <summary>The ARN of the cluster.</summary>
    public string ClusterArn { get; init; } = "arn:aws:ecs:us-east-1:123456789012:cluster/FargateCluster";

    /// <summary>The ARN of the task definition.</summary>
    public string TaskDefinitionArn { get; init; } = "arn:aws:ecs:us-east-1:123456789012:task-definition/sample-fargate:1";

    /// <summary>The <c>startedBy</c> of RunTask.</summary>
    public string? StartedBy { get; init; }

    /// <summary>The last status.</summary>
    public string LastStatus { get; init; } = "RUNNING";

    /// <summary>The desired status.</summary>
    public string DesiredStatus { get; init; } = "RUNNING";

    /// <summary>The stop code.</summary>
    public string? StopCode { get; init; }

    /// <summary>The stopped reason.</summary>
    public string? StoppedReason { get; init; }

    /// <summary>The containers.</summary>
    public IReadOnlyList<ContainerState> Containers { get; init; } = [new ContainerState("FargateApp")];

    /// <summary>When the task was created.</summary>
    public DateTimeOffset CreatedAt { get; init; } = new(2020, 1, 23, 17, 57, 34, 402, TimeSpan.Zero);

    /// <summary>When the first container started.</summary>
    public DateTimeOffset? StartedAt { get; init; } = new(2020, 1, 23, 17, 57, 58, 103, TimeSpan.Zero);

    /// <summary>When the task began to stop.</summary>
    public DateTimeOffset? StoppingAt { get; init; }

    /// <summary>When the task had stopped.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>The version of the task, equal in duplicates of an event.</summary>
    public int Version { get; init; } = 4;

    internal JsonObject ToDetail()
    {
        var detail = new JsonObject
        {
            ["clusterArn"] = ClusterArn,
            ["containers"] = new JsonArray([.. Containers.Select(container => container.ToJson(TaskArn))]),
            ["createdAt"] = EventBridgeEvent.Text(CreatedAt),
            ["launchType"] = "FARGATE",
            ["cpu"] = "256",
            ["memory"] = "512",
            ["desiredStatus"] = DesiredStatus,
            ["lastStatus"] = LastStatus,
            ["taskArn"] = TaskArn,
            ["taskDefinitionArn"] = TaskDefinitionArn,
            ["version"] = Version,
        };
        Add(detail, "startedBy", StartedBy);
        Add(detail, "stopCode", StopCode);
        Add(detail, "stoppedReason", StoppedReason);
        Add(detail, "startedAt", StartedAt is { } started ? EventBridgeEvent.Text(started) : null);
        Add(detail, "stoppingAt", StoppingAt is { } stopping ? EventBridgeEvent.Text(stopping) : null);
        Add(detail, "stoppedAt", StoppedAt is { } stopped ? EventBridgeEvent.Text(stopped) : null);
        return detail;
    }

    private static void Add(JsonObject detail, string name, string? value)
    {
        if (value is not null)
            detail[name] = value;
    }
}

/// <summary>A container of a task as an ECS event reports it.</summary>
/// <param name="Name">The name in the task definition.</param>
/// <param name="LastStatus">The last status.</param>
/// <param name="ExitCode">The exit code; null while it runs, and when it never ran.</param>
/// <param name="Reason">The reason of the container.</param>
public sealed record ContainerState(string Name, string LastStatus = "RUNNING", int? ExitCode = null, string? Reason = null)
{
    internal JsonObject ToJson(string taskArn)
    {
        var json = new JsonObject
        {
            ["containerArn"] = "arn:aws:ecs:us-east-1:123456789012:container/cf159fd6-3e3f-4a9e-84f9-66cbe726af01",
            ["lastStatus"] = LastStatus,
            ["name"] = Name,
            ["image"] = "123456789012.dkr.ecr.us-east-1.amazonaws.com/hello-repository:latest",
            ["taskArn"] = taskArn,
            ["cpu"] = "0",
        };
        if (ExitCode is { } code)
            json["exitCode"] = code;
        if (Reason is not null)
            json["reason"] = Reason;
        return json;
    }
}
