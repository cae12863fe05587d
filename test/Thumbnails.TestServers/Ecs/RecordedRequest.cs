using System.Text.Json;

namespace Thumbnails.TestServers.Ecs;

/// <summary>A request that the server received, including rejected ones.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Body">The body, as sent.</param>
/// <param name="Time">The time of arrival, by the server's clock.</param>
public sealed record RecordedRequest(EcsOperation Operation, JsonElement Body, DateTimeOffset Time);
