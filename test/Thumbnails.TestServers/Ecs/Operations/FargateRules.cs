using System.Text.Json;

namespace Thumbnails.TestServers.Ecs.Operations;

/// <summary>The requirements of a task with the network mode <c>awsvpc</c> on Fargate.</summary>
internal static class FargateRules
{
    private static readonly string[] Platforms = ["LATEST", "1.3.0", "1.4.0"];

    public static void Check(JsonElement request, LoopbackTaskDefinition definition)
    {
        CheckNetwork(request);
        EcsError.Require(request.Items("placementConstraints").Count == 0, "Placement constraints are not supported with Fargate.");
        EcsError.Require(request.Items("placementStrategy").Count == 0, "Placement strategies are not supported with Fargate.");
        if (request.Text("platformVersion") is { } platform && !Platforms.Contains(platform))
            throw new EcsError("PlatformUnknownException", "The specified platform version does not exist.");
        if (request.Member("overrides") is { } overrides)
            CheckOverrides(overrides, definition);
    }

    private static void CheckNetwork(JsonElement request)
    {
        if (request.Member("networkConfiguration")?.Member("awsvpcConfiguration") is not { } network)
            throw EcsError.InvalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
        EcsError.Require(network.Texts("subnets").Count is >= 1 and <= 16, "subnets must be from 1 to 16.");
        EcsError.Require(network.Texts("securityGroups").Count <= 5, "securityGroups must be 5 at most.");
    }

    private static void CheckOverrides(JsonElement overrides, LoopbackTaskDefinition definition)
    {
        foreach (var name in overrides.Items("containerOverrides").Select(container => container.Text("name")))
        {
            EcsError.Require(
                definition.Containers.Any(container => container.Name == name),
                $"Override for container named {name} is not a container in the TaskDefinition.");
        }

        var disk = overrides.Member("ephemeralStorage")?.Number("sizeInGiB");
        EcsError.Require(disk is null or (>= 21 and <= 200), "Ephemeral storage must be from 21 to 200 GiB.");
    }
}
