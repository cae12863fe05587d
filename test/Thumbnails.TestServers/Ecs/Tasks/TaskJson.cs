using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Ecs.Tasks;

/// <summary>Writes a task as ECS returns it: unknown members are omitted.</summary>
internal static class TaskJson
{
    public static JsonObject Of(LoopbackTask task, bool withTags) => new JsonObject
    {
        ["attachments"] = new JsonArray(Attachment(task)),
        ["attributes"] = new JsonArray(new JsonObject { ["name"] = "ecs.cpu-architecture", ["value"] = "x86_64" }),
        ["availabilityZone"] = "us-east-1a",
        ["capacityProviderName"] = task.Parameters.CapacityProvider,
        ["clusterArn"] = task.Parameters.ClusterArn,
        ["connectivity"] = task.PullStartedAt is null ? null : "CONNECTED",
        ["connectivityAt"] = Seconds(task.PullStartedAt),
        ["containers"] = new JsonArray([.. task.Containers.Select(container => Container(task, container))]),
        ["cpu"] = task.Parameters.Overrides?.Text("cpu") ?? task.Definition.Cpu,
        ["createdAt"] = Seconds(task.CreatedAt),
        ["desiredStatus"] = task.DesiredStatus,
        ["enableExecuteCommand"] = task.Parameters.IsExecuteCommandEnabled,
        ["executionStoppedAt"] = Seconds(task.ExecutionStoppedAt),
        ["group"] = task.Parameters.Group,
        ["healthStatus"] = "UNKNOWN",
        ["lastStatus"] = task.LastStatus,
        ["launchType"] = "FARGATE",
        ["memory"] = task.Parameters.Overrides?.Text("memory") ?? task.Definition.Memory,
        ["overrides"] = Overrides(task),
        ["platformFamily"] = "Linux",
        ["platformVersion"] = task.Parameters.PlatformVersion,
        ["pullStartedAt"] = Seconds(task.PullStartedAt),
        ["pullStoppedAt"] = Seconds(task.StartedAt),
        ["startedAt"] = Seconds(task.StartedAt),
        ["startedBy"] = task.StartedBy,
        ["stopCode"] = task.StopCode,
        ["stoppedAt"] = Seconds(task.StoppedAt),
        ["stoppedReason"] = task.StoppedReason,
        ["stoppingAt"] = Seconds(task.StoppingAt),
        ["tags"] = withTags ? Tags(task) : [],
        ["taskArn"] = task.Arn,
        ["taskDefinitionArn"] = task.Definition.Arn,
        ["version"] = task.Version,
    }.WithoutNulls();

    private static JsonObject Attachment(LoopbackTask task) => new()
    {
        ["id"] = task.Arn.Split('/')[^1],
        ["type"] = "ElasticNetworkInterface",
        ["status"] = task.LastStatus switch
        {
            "PROVISIONING" => "PRECREATED",
            "PENDING" => "ATTACHING",
            "STOPPED" => "DELETED",
            _ => "ATTACHED",
        },
        ["details"] = new JsonArray(new JsonObject { ["name"] = "subnetId", ["value"] = task.Parameters.Subnet }),
    };

    private static JsonObject Container(LoopbackTask task, LoopbackContainer container) => new JsonObject
    {
        ["containerArn"] = $"{task.Arn.Replace(":task/", ":container/", StringComparison.Ordinal)}/{container.Id}",
        ["taskArn"] = task.Arn,
        ["name"] = container.Name,
        ["image"] = container.Image,
        ["imageDigest"] = task.StartedAt is null ? null : $"sha256:{new string('0', 64)}",
        ["lastStatus"] = container.LastStatus,
        ["exitCode"] = container.ExitCode,
        ["reason"] = container.Reason,
        ["networkInterfaces"] = new JsonArray(),
        ["healthStatus"] = "UNKNOWN",
        ["cpu"] = "0",
    }.WithoutNulls();

    private static JsonObject Overrides(LoopbackTask task)
    {
        var overrides = task.Parameters.Overrides is { } sent ? JsonObject.Create(sent)! : [];
        overrides.TryAdd("containerOverrides", new JsonArray(
            [.. task.Definition.Containers.Select(container => new JsonObject { ["name"] = container.Name })]));
        overrides.TryAdd("inferenceAcceleratorOverrides", new JsonArray());
        return overrides;
    }

    private static JsonArray Tags(LoopbackTask task) => new(
        [.. task.Parameters.Tags.Select(tag => new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value })]);

    private static double? Seconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds() / 1000.0;

    private static JsonObject WithoutNulls(this JsonObject json)
    {
        foreach (var name in json.Where(member => member.Value is null).Select(member => member.Key).ToList())
            json.Remove(name);
        return json;
    }
}
