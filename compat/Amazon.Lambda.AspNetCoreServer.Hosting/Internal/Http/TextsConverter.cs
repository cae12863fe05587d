using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Reads names with texts: headers, claims… API Gateway makes texts of all values; others that send such events do not, and
/// what they send is kept as its JSON. Nulls are left out.
/// </summary>
internal sealed class TextsConverter : JsonConverter<IDictionary<string, string>>
{
    public override IDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object is expected.");
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
        throw new NotSupportedException("Events are only read.");

    private static string Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString()!;
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetRawText();
    }
}
