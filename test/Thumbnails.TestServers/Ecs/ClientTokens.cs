using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs;

/// <summary>
/// The client tokens of RunTask, by cluster. A token is remembered for 24 hours, or until an hour after the last of its tasks stopped.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html"/>
/// </summary>
internal sealed class ClientTokens
{
    private readonly Dictionary<(string Cluster, string Token), Use> _uses = [];

    /// <exception cref="EcsError">The token was used with other parameters.</exception>
    public IReadOnlyList<LoopbackTask>? Find(Cluster cluster, JsonElement request, DateTimeOffset now)
    {
        if (KeyOf(cluster, request) is not { } key || !_uses.TryGetValue(key, out var use) || now > use.ForgottenAt)
            return null;
        return JsonNode.DeepEquals(use.Parameters, ParametersOf(request))
            ? use.Tasks
            : throw new EcsError("ConflictException", "The client token is already in use with other parameters.")
            {
                ResourceIds = [.. use.Tasks.Select(task => task.Arn)],
            };
    }

    public void Remember(Cluster cluster, JsonElement request, IReadOnlyList<LoopbackTask> tasks, DateTimeOffset now)
    {
        if (KeyOf(cluster, request) is { } key)
            _uses[key] = new Use(ParametersOf(request), tasks, now);
    }

    private static (string, string)? KeyOf(Cluster cluster, JsonElement request) =>
        request.Text("clientToken") is { } token ? (cluster.Arn, token) : null;

    private static JsonObject ParametersOf(JsonElement request)
    {
        var parameters = JsonObject.Create(request.Clone())!;
        parameters.Remove("clientToken");
        return parameters;
    }

    private sealed record Use(JsonObject Parameters, IReadOnlyList<LoopbackTask> Tasks, DateTimeOffset At)
    {
        public DateTimeOffset ForgottenAt
        {
            get
            {
                var latest = At + TimeSpan.FromHours(24);
                var stopped = Tasks.All(task => task.StoppedAt is not null) ? Tasks.Max(task => task.StoppedAt) : null;
                return stopped + TimeSpan.FromHours(1) is { } end && end < latest ? end : latest;
            }
        }
    }
}
