using System.Text.Json;
using System.Text.Json.Serialization;

namespace Thumbnails.Core.Serialization;

/// <summary>Writes enum members as <c>snake_case</c> names and reads only those; numbers are rejected.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class SnakeCaseEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    /// <exception cref="JsonValueException">The JSON is not one of the names.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && SnakeCase.TryParse<T>(reader.GetString()!, out var member)
            ? member
            : throw new JsonValueException($"must be one of {string.Join(", ", SnakeCase.Names<T>())}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SnakeCase.Of(value));
}
