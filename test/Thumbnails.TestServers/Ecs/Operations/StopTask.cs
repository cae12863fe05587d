using System.Text.Json;
using System.Text.Json.Nodes;
using Thumbnails.TestServers.Ecs.Tasks;

namespace Thumbnails.TestServers.Ecs.Operations;

internal static class StopTask
{
    public static JsonObject Run(EcsState state, JsonElement request)
    {
        var cluster = state.FindCluster(request.Text("cluster"));
        var task = state.FindTask(cluster, request.Text("task")!)
            ?? throw EcsError.InvalidParameter("The referenced task was not found.");
        if (task.DesiredStatus != "STOPPED")
            task.BeginStop(TaskStop.ByUser(request.Text("reason")), state.Now);
        return new JsonObject { ["task"] = TaskJson.Of(task, withTags: false) };
    }
}
