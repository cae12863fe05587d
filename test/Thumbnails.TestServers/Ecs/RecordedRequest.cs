using System.Text.Json;

namespace Thumbnails.TestServers.Ecs;

/// <summary>A request that reached the server, whatever it was answered.</summary>
/// <param name="Operation">What it asked for.</param>
/// <param name="Body">Its JSON, as it was sent.</param>
/// <param name="Time">When it came, by the server's clock.</param>
public sealed record RecordedRequest(EcsOperation Operation, JsonElement Body, DateTimeOffset Time);
