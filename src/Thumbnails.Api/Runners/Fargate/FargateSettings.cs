using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>The settings for tasks on Fargate.</summary>
/// <param name="Cluster">The ECS cluster's name or ARN.</param>
/// <param name="TaskDefinition">The family of the worker's task definition, with or without a revision, or an ARN.</param>
/// <param name="Container">The worker's container in it.</param>
/// <param name="Subnets">The subnets of the tasks, 1 to 16.</param>
/// <param name="SecurityGroups">The security groups of the tasks, at most 5; empty for the VPC's default.</param>
/// <param name="AssignPublicIp">ENABLED or DISABLED.</param>
/// <param name="CapacityProvider">FARGATE, FARGATE_SPOT, or another provider of the cluster.</param>
internal sealed record FargateSettings(
    string Cluster, string TaskDefinition, string Container, IReadOnlyList<string> Subnets, IReadOnlyList<string> SecurityGroups,
    string AssignPublicIp, string CapacityProvider)
{
    public static readonly string[] Names =
    [
        "Fargate:Cluster", "Fargate:TaskDefinition", "Fargate:Container", "Fargate:Subnets", "Fargate:SecurityGroups", "Fargate:AssignPublicIp",
        "Fargate:CapacityProvider",
    ];

    public static FargateSettings Read(SettingsReader reader, StorageSettings storage)
    {
        if (storage is not StorageSettings.S3)
            reader.Fault("Storage:Bucket", "must be set with Runner:Kind=fargate, because tasks share nothing else with the API");
        var publicIp = reader.Text("Fargate:AssignPublicIp") ?? "ENABLED";
        if (publicIp is not ("ENABLED" or "DISABLED"))
            reader.Fault("Fargate:AssignPublicIp", "must be ENABLED or DISABLED");
        return new FargateSettings(
            reader.Required("Fargate:Cluster"),
            reader.Required("Fargate:TaskDefinition"),
            reader.Text("Fargate:Container") ?? "worker",
            List(reader, "Fargate:Subnets", 1, 16),
            List(reader, "Fargate:SecurityGroups", 0, 5),
            publicIp,
            reader.Text("Fargate:CapacityProvider") ?? "FARGATE");
    }

    private static string[] List(SettingsReader reader, string name, int min, int max)
    {
        var items = (reader.Text(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (items.Length < min || items.Length > max)
            reader.Fault(name, $"must be {min} to {max} ids, separated by commas");
        return items;
    }
}
