using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs.Operations;

internal static class DescribeTasks
{
    public static JsonObject Run(EcsState state, JsonElement request)
    {
        var ids = request.Texts("tasks");
        if (ids.Count is 0 or > 100)
            throw EcsError.InvalidParameter("tasks must be from 1 to 100.");
        var cluster = state.FindCluster(request.Text("cluster"));
        var found = ids.Distinct().ToLookup(id => Find(state, cluster, id) is not null);
        return new JsonObject
        {
            ["tasks"] = new JsonArray([.. found[true].Select(id =>
                TaskJson.Of(state.FindTask(cluster, id)!, request.Texts("include").Contains("TAGS")))]),
            ["failures"] = Failures.ToJson(found[false].Select(id => new EcsFailure("MISSING", Arn: ArnOf(state, cluster, id)))),
        };
    }

    private static LoopbackTask? Find(EcsState state, Cluster cluster, string id)
    {
        if (state.FindTask(cluster, id) is not { } task)
            return null;
        task.Describes++;
        return state.IsStillMissing(task) ? null : task;
    }

    private static string ArnOf(EcsState state, Cluster cluster, string id) =>
        id.StartsWith("arn:", StringComparison.Ordinal) ? id : state.Arn($"task/{cluster.Name}/{id}");
}
