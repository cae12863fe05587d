using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Reads string maps, such as headers and claims. API Gateway sends all values as strings. Other senders may not: their
/// values are kept as raw JSON. Nulls are skipped.
/// </summary>
internal sealed class StringMapConverter : JsonConverter<IDictionary<string, string>>
{
    public override IDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("Expected an object.");
        var texts = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Null)
                texts[name] = Text(ref reader);
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IDictionary<string, string> value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are read-only.");

    private static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString()!;
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }
}
