using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>
/// A member of a request, parsed while the body is read: its value, or an error that the validator reports together with the
/// other errors of the body.
/// </summary>
internal sealed record Parsed<T>(T? Value, string? Error)
    where T : class
{
    /// <summary>Returns the value of a member that the validator has accepted.</summary>
    public static implicit operator T(Parsed<T> parsed) => parsed.Value!;
}

internal delegate bool TryParse<T>(string? text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? error)
    where T : class;

internal abstract class ParsedConverter<T>(TryParse<T> tryParse) : JsonConverter<Parsed<T>>
    where T : class
{
    public override Parsed<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(tryParse(TextOf(ref reader), out var value, out var error) ? value : null, error);

    public override void Write(Utf8JsonWriter writer, Parsed<T> value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value?.ToString());

    protected virtual string TextOf(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonValueException("must be a string");
}

internal sealed class ParsedKeyConverter() : ParsedConverter<ObjectKey>(ObjectKey.TryParse);

internal sealed class ParsedNameConverter() : ParsedConverter<OutputName>(OutputName.TryParse);

internal sealed class ParsedBackgroundConverter() : ParsedConverter<Background>(Background.TryParse);

internal sealed class ParsedStoryboardNameConverter() : ParsedConverter<StoryboardName>(StoryboardName.TryParse);

internal sealed class ParsedPreviewNameConverter() : ParsedConverter<PreviewName>(PreviewName.TryParse);

/// <summary>Reads a number or a string, so that 8.5 and "8.5" are the same, and writes a position in one notation.</summary>
internal sealed class ParsedPositionConverter() : ParsedConverter<FramePosition>(FramePosition.TryParse)
{
    public override void Write(Utf8JsonWriter writer, Parsed<FramePosition> value, JsonSerializerOptions options)
    {
        FramePosition position = value;
        writer.WriteStringValue(position switch
        {
            { Time: { } time } => time.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture),
            { Percent: { } percent } => percent.ToString("0.####################'%'", CultureInfo.InvariantCulture),
            _ => position.ToString(),
        });
    }

    protected override string TextOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => NumberOf(ref reader),
        _ => throw new JsonValueException("must be a number or a string"),
    };

    // JSON may write 250 as 2.5e2. A number outside the range of decimal keeps its text, which is not a valid position.
    private static string NumberOf(ref Utf8JsonReader reader)
    {
        // A number at a buffer boundary is split into two segments.
        var text = reader.HasValueSequence ? Encoding.ASCII.GetString(reader.ValueSequence) : Encoding.ASCII.GetString(reader.ValueSpan);
        return text.AsSpan().ContainsAny('e', 'E') && reader.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : text;
    }
}
