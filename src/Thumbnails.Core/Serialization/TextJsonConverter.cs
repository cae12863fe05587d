using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thumbnails.Core.Serialization;

/// <summary>Writes a value as text and reads it with its own parser.</summary>
/// <typeparam name="T">A type whose <c>ToString</c> its <c>Parse</c> accepts.</typeparam>
public sealed class TextJsonConverter<T> : JsonConverter<T>
    where T : IParsable<T>
{
    /// <inheritdoc/>
    /// <exception cref="JsonValueException">The JSON is not a string, or the string is not valid.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), null, out var value)
            ? value
            : throw new JsonValueException("is not valid");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
