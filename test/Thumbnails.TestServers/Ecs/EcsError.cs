using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Ecs;

/// <summary>An error response of the server, with its name on the wire.</summary>
internal sealed class EcsError(string type, string message, int status = 400) : Exception(message)
{
    public int Status => status;

    public IReadOnlyList<string>? ResourceIds { get; init; }

    public static EcsError InvalidParameter(string message) => new("InvalidParameterException", message);

    /// <exception cref="EcsError">The condition is not met.</exception>
    public static void Require(bool condition, string message)
    {
        if (!condition)
            throw InvalidParameter(message);
    }

    public static EcsError Serialization(string message) => new("SerializationException", message);

    public static EcsError Throttled() => new("ThrottlingException", "Rate exceeded");

    public static EcsError Server() => new("ServerException", "Service Unavailable. Please try again later.", 500);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["__type"] = type, ["message"] = Message };
        if (ResourceIds is not null)
            json["resourceIds"] = new JsonArray([.. ResourceIds.Select(id => JsonValue.Create(id))]);
        return json;
    }
}
