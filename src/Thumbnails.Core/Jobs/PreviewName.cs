using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// The name of a preview under <c>thumbnails/</c>: like an <see cref="OutputName"/>, but it ends in <c>.webp</c> or <c>.gif</c>.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<PreviewName>))]
public sealed record PreviewName : IParsable<PreviewName>
{
    private readonly string _text;

    private PreviewName(string text, PictureFormat format) => (_text, Format) = (text, format);

    /// <summary>The format that the extension selects: <see cref="PictureFormat.Webp"/> or <see cref="PictureFormat.Gif"/>.</summary>
    public PictureFormat Format { get; }

    /// <summary>Parses a name; <paramref name="error"/> is the reason, for users, when it is not valid.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out PreviewName? name, [NotNullWhen(false)] out string? error)
    {
        name = null;
        if (text?.Length > OutputName.MaxLength)
            error = $"must have at most {OutputName.MaxLength} characters";
        else if (!ObjectKey.TryParse(text, out _, out error))
            return false;
        else if (FormatOf(text!) is not { } format)
            error = "must be a name that ends in .webp or .gif";
        else
            name = new PreviewName(text!, format);
        return name is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out PreviewName result) =>
        TryParse(s, out result, out _);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not the name of a preview.</exception>
    public static PreviewName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var name, out var error) ? name : throw new FormatException($"The name of the preview {error}.");

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static PictureFormat? FormatOf(string text) =>
        Path.GetFileNameWithoutExtension(text).Length == 0 ? null : Path.GetExtension(text).ToLowerInvariant() switch
        {
            ".webp" => PictureFormat.Webp,
            ".gif" => PictureFormat.Gif,
            _ => null,
        };
}
