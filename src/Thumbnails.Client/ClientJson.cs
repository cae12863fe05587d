using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thumbnails.Client;

/// <summary>The JSON of the service. Unknown members are ignored, because a newer service may send more.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FramePositionConverter), typeof(EnumConverter<JobStatus>), typeof(EnumConverter<Fit>), typeof(EnumConverter<IfExists>), typeof(EnumConverter<OutOfRange>), typeof(EnumConverter<Accuracy>)])]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobRequest))]
[JsonSerializable(typeof(UploadRequest))]
[JsonSerializable(typeof(UploadTicket))]
[JsonSerializable(typeof(CompleteUpload))]
[JsonSerializable(typeof(UploadedVideo))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ClientJson : JsonSerializerContext;

/// <summary>The parts that complete an upload.</summary>
internal sealed record CompleteUpload(IReadOnlyList<CompletedPart> Parts);

internal sealed record CompletedPart(int Number, string ETag);

internal sealed class FramePositionConverter : JsonConverter<FramePosition>
{
    public override FramePosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, FramePosition value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

/// <summary>Writes a member in snake case, and reads an unknown one as the first member.</summary>
internal sealed class EnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Values.GetValueOrDefault(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
}
