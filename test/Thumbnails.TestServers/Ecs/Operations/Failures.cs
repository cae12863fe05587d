using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Ecs.Operations;

internal static class Failures
{
    public static JsonArray ToJson(IEnumerable<EcsFailure> failures) => new([.. failures.Select(ToJson)]);

    private static JsonObject ToJson(EcsFailure failure)
    {
        var json = new JsonObject();
        if (failure.Arn is not null)
            json["arn"] = failure.Arn;
        if (failure.Reason is not null)
            json["reason"] = failure.Reason;
        if (failure.Detail is not null)
            json["detail"] = failure.Detail;
        return json;
    }
}
