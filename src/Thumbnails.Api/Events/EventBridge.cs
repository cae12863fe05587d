using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Thumbnails.Api.Events;

/// <summary>
/// Reads EventBridge events.
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"/>
/// </summary>
internal static class EventBridge
{
    /// <summary>Parses an event. One that does not match its documentation is ignored, because a retry would not help.</summary>
    public static async Task<ServiceEvent> ReadAsync(Stream payload, CancellationToken cancellationToken)
    {
        EventEnvelope? envelope = null;
        try
        {
            envelope = await JsonSerializer.DeserializeAsync(payload, EventJson.Default.EventEnvelope, cancellationToken);
            return envelope is null ? new ServiceEvent.Unknown(null, null) : Of(envelope);
        }
        catch (JsonException)
        {
            return new ServiceEvent.Unknown(envelope?.Source, envelope?.DetailType);
        }
    }

    private static ServiceEvent Of(EventEnvelope envelope) => (envelope.Source, envelope.DetailType) switch
    {
        ("aws.s3", "Object Created") => Of(Detail(envelope, EventJson.Default.ObjectCreatedDetail)),
        ("aws.ecs", "ECS Task State Change") => new ServiceEvent.TaskChanged(Detail(envelope, EventJson.Default.TaskChange)),
        // From a rule with a schedule, or from EventBridge Scheduler.
        ("aws.events" or "aws.scheduler", "Scheduled Event") => new ServiceEvent.Scheduled(),
        var (source, type) => new ServiceEvent.Unknown(source, type),
    };

    private static ServiceEvent.ObjectCreated Of(ObjectCreatedDetail detail) => new(detail.Bucket.Name, detail.Object.Key);

    private static T Detail<T>(EventEnvelope envelope, JsonTypeInfo<T> type) =>
        envelope.Detail.ValueKind == JsonValueKind.Undefined ? throw new JsonException("The detail is missing.")
        : envelope.Detail.Deserialize(type) ?? throw new JsonException("The detail is missing.");
}

internal sealed record EventEnvelope
{
    public string? Source { get; init; }

    [JsonPropertyName("detail-type")]
    public string? DetailType { get; init; }

    public JsonElement Detail { get; init; }
}

/// <summary><see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"/></summary>
internal sealed record ObjectCreatedDetail(BucketDetail Bucket, ObjectDetail Object);

internal sealed record BucketDetail(string Name);

/// <param name="Key">The key, not URL-encoded, unlike in S3's own notifications.</param>
internal sealed record ObjectDetail(string Key);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(ObjectCreatedDetail))]
[JsonSerializable(typeof(TaskChange))]
internal sealed partial class EventJson : JsonSerializerContext;
