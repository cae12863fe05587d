using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Thumbnails.Api.Events;

/// <summary>
/// Reads what EventBridge sends.
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"/>
/// </summary>
internal static class EventBridge
{
    /// <summary>What an event means; one that is not as documented means nothing, and sending it again would not help.</summary>
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
        // Of a rule's schedule, or of the scheduler's.
        ("aws.events" or "aws.scheduler", "Scheduled Event") => new ServiceEvent.Scheduled(),
        var (source, type) => new ServiceEvent.Unknown(source, type),
    };

    private static ServiceEvent.ObjectCreated Of(ObjectCreatedDetail detail) => new(detail.Bucket.Name, detail.Object.Key);

    private static T Detail<T>(EventEnvelope envelope, JsonTypeInfo<T> type) =>
        envelope.Detail.ValueKind == JsonValueKind.Undefined ? throw new JsonException("no detail")
        : envelope.Detail.Deserialize(type) ?? throw new JsonException("no detail");
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

/// <param name="Key">As it is: unlike in S3's own notifications, not encoded.</param>
internal sealed record ObjectDetail(string Key);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EventEnvelope))]
[JsonSerializable(typeof(ObjectCreatedDetail))]
[JsonSerializable(typeof(TaskChange))]
internal sealed partial class EventJson : JsonSerializerContext;
