using System.Text.Json;

namespace Thumbnails.TestServers.Ecs.Tasks;

/// <summary>The effect of a request on a task.</summary>
internal sealed record TaskParameters(
    string ClusterArn,
    string? StartedBy,
    string Group,
    JsonElement? Overrides,
    string? CapacityProvider,
    string PlatformVersion,
    string Subnet,
    bool IsExecuteCommandEnabled,
    IReadOnlyDictionary<string, string> Tags)
{
    public IEnumerable<(string Name, string Value)> EnvironmentOf(string container) =>
        from overridden in Overrides?.Items("containerOverrides") ?? []
        where overridden.Text("name") == container
        from variable in overridden.Items("environment")
        select (variable.Text("name")!, variable.Text("value") ?? "");
}
