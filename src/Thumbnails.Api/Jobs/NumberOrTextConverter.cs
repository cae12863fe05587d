using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Jobs;

/// <summary>Reads a number or a string as text, so that 8.5 and "8.5" mean the same.</summary>
internal sealed class NumberOrTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => Text(ref reader),
        _ => throw new JsonValueException("must be a number or a string"),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // JSON may write 250 as 2.5e2. A number that no decimal holds keeps its text, which then is no position.
    private static string Text(ref Utf8JsonReader reader)
    {
        var text = Encoding.ASCII.GetString(reader.ValueSpan);
        return text.AsSpan().ContainsAny('e', 'E') && reader.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : text;
    }
}
