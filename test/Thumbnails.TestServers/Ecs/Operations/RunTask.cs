using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs.Operations;

internal static class RunTask
{
    public static JsonObject Run(EcsState state, JsonElement request, IReadOnlyList<EcsFailure>? failures)
    {
        RunTaskRules.Check(request);
        var cluster = state.FindCluster(request.Text("cluster"));
        if (state.Tokens.Find(cluster, request, state.Now) is { } known)
            return Answer(known, []);
        var definition = state.FindDefinition(request.Text("taskDefinition")!);
        var capacityProvider = Capacity.Choose(cluster, request);
        FargateRules.Check(request, definition);
        if (failures is not null)
            return Answer([], failures);
        var parameters = Parameters(cluster, definition, request, capacityProvider);
        var tasks = Enumerable.Range(0, request.Number("count") ?? 1)
            .Select(_ => state.AddTask(cluster, definition, parameters))
            .ToList();
        state.Tokens.Remember(cluster, request, tasks, state.Now);
        return Answer(tasks, []);
    }

    private static TaskParameters Parameters(
        Cluster cluster, LoopbackTaskDefinition definition, JsonElement request, string? capacityProvider) => new(
        cluster.Arn,
        request.Text("startedBy"),
        request.Text("group") ?? $"family:{definition.Family}",
        request.Member("overrides")?.Clone(),
        capacityProvider,
        request.Text("platformVersion") is { } version and not "LATEST" ? version : "1.4.0",
        request.GetProperty("networkConfiguration").GetProperty("awsvpcConfiguration").Texts("subnets")[0],
        request.Member("enableExecuteCommand")?.GetBoolean() ?? false,
        Tags(definition, request));

    private static Dictionary<string, string> Tags(LoopbackTaskDefinition definition, JsonElement request)
    {
        var tags = request.Text("propagateTags") == "TASK_DEFINITION" ? new Dictionary<string, string>(definition.Tags) : [];
        foreach (var tag in request.Items("tags"))
            tags[tag.Text("key")!] = tag.Text("value") ?? "";
        return tags;
    }

    private static JsonObject Answer(IReadOnlyList<LoopbackTask> tasks, IReadOnlyList<EcsFailure> failures) => new()
    {
        ["tasks"] = new JsonArray([.. tasks.Select(task => TaskJson.Of(task, withTags: true))]),
        ["failures"] = Failures.ToJson(failures),
    };
}
