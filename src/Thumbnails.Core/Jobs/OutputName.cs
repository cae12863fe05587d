using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// The name of a picture under <c>thumbnails/</c>: relative, with optional folders, at most 200 characters, no <c>.</c> or
/// <c>..</c> folders, no control characters. Its extension selects the format.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<OutputName>))]
public sealed record OutputName : IParsable<OutputName>
{
    /// <summary>The maximum length in UTF-16 characters.</summary>
    public const int MaxLength = 200;

    private readonly string _text;

    private OutputName(string text, PictureFormat format) => (_text, Format) = (text, format);

    /// <summary>The format that the extension selects.</summary>
    public PictureFormat Format { get; }

    /// <summary>Parses a name; <paramref name="error"/> is the reason, for users, when it is not valid.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out OutputName? name, [NotNullWhen(false)] out string? error)
    {
        name = null;
        if (string.IsNullOrEmpty(text))
            error = "must not be empty";
        else if (text.Length > MaxLength)
            error = $"must have at most {MaxLength} characters";
        else if (!ObjectKey.TryParse(text, out _, out error))
            return false;
        else if (FormatOf(text) is not { } format)
            error = "must be a name that ends in .png, .jpg, .jpeg or .webp";
        else
            name = new OutputName(text, format);
        return name is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out OutputName result) =>
        TryParse(s, out result, out _);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not an output name.</exception>
    public static OutputName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var name, out var error) ? name : throw new FormatException($"The output name {error}.");

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static PictureFormat? FormatOf(string text) =>
        Path.GetFileNameWithoutExtension(text).Length == 0 ? null : Path.GetExtension(text).ToLowerInvariant() switch
        {
            ".png" => PictureFormat.Png,
            ".jpg" or ".jpeg" => PictureFormat.Jpeg,
            ".webp" => PictureFormat.Webp,
            _ => null,
        };
}
