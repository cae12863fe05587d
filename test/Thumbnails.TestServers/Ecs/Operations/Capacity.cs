using System.Text.Json;

namespace Thumbnails.TestServers.Ecs.Operations;

/// <summary>Determines the capacity that a task runs on. The clusters have Fargate and no instances.</summary>
internal static class Capacity
{
    private static readonly string[] Providers = ["FARGATE", "FARGATE_SPOT"];

    /// <returns>The capacity provider; null when the request has a launch type.</returns>
    /// <exception cref="EcsError">The cluster has no such capacity.</exception>
    public static string? Choose(Cluster cluster, JsonElement request)
    {
        var strategy = request.Items("capacityProviderStrategy");
        var launchType = request.Text("launchType");
        if (strategy.Count > 0)
        {
            EcsError.Require(
                launchType is null,
                "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.");
            return Choose(strategy);
        }

        if (launchType is null && cluster.DefaultCapacityProvider is { } provider)
            return provider;
        EcsError.Require(launchType is "FARGATE", "No Container Instances were found in your cluster.");
        return null;
    }

    private static string Choose(IReadOnlyList<JsonElement> strategy)
    {
        EcsError.Require(strategy.Count <= 20, "A capacity provider strategy may contain 20 capacity providers at most.");
        EcsError.Require(strategy.Count(item => item.Number("base") > 0) <= 1, "Only one capacity provider may have a base.");
        foreach (var name in strategy.Select(item => item.Text("capacityProvider")!))
            EcsError.Require(Providers.Contains(name), $"The specified capacity provider '{name}' was not found.");
        return strategy
            .OrderByDescending(item => item.Number("base") ?? 0)
            .ThenByDescending(item => item.Number("weight") ?? 0)
            .First().Text("capacityProvider")!;
    }
}
