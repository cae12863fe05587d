using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs.Operations;

internal static class ListTasks
{
    private const int MaxPage = 100;

    // The documentation excludes other filters with startedBy. The cluster is not a filter.
    private static readonly string[] OtherFilters =
        ["containerInstance", "daemonName", "desiredStatus", "family", "launchType", "serviceName"];

    public static JsonObject Run(EcsState state, JsonElement request)
    {
        Check(request);
        var cluster = state.FindCluster(request.Text("cluster"));
        var (start, size) = (Start(request), request.Number("maxResults") ?? MaxPage);
        var all = state.Tasks.Where(task => !state.IsForgotten(task) && IsAskedFor(task, cluster, request)).ToList();
        var json = new JsonObject
        {
            ["taskArns"] = new JsonArray([.. all.Skip(start).Take(size).Select(task => JsonValue.Create(task.Arn))]),
        };
        if (start + size < all.Count)
            json["nextToken"] = Convert.ToBase64String(BitConverter.GetBytes(start + size));
        return json;
    }

    private static void Check(JsonElement request)
    {
        if (request.Member("startedBy") is not null && OtherFilters.Any(name => request.Member(name) is not null))
            throw EcsError.InvalidParameter("startedBy must be the only filter.");
        if (request.Number("maxResults") is < 1 or > MaxPage)
            throw EcsError.InvalidParameter($"maxResults must be from 1 to {MaxPage}.");
        if (request.Member("serviceName") is not null)
            throw new EcsError("ServiceNotFoundException", "Service not found.");
        if (request.Member("containerInstance") is not null || request.Member("daemonName") is not null)
            throw EcsError.InvalidParameter("The cluster has neither container instances nor daemons.");
    }

    private static bool IsAskedFor(LoopbackTask task, Cluster cluster, JsonElement request) =>
        task.Parameters.ClusterArn == cluster.Arn
        && task.DesiredStatus == (request.Text("desiredStatus") ?? "RUNNING")
        && (request.Text("startedBy") is not { } startedBy || task.StartedBy == startedBy)
        && (request.Text("family") is not { } family || task.Definition.Family == family)
        && request.Text("launchType") is null or "FARGATE";

    private static int Start(JsonElement request)
    {
        var bytes = new byte[sizeof(int)];
        return request.Text("nextToken") is not { } token ? 0
            : Convert.TryFromBase64String(token, bytes, out var count) && count == bytes.Length ? BitConverter.ToInt32(bytes)
            : throw EcsError.InvalidParameter(string.Create(CultureInfo.InvariantCulture, $"Invalid token: {token}"));
    }
}
