using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// What surrounds a frame in a padded picture: a CSS hex color (<c>#1a2b3c</c> or <c>#abc</c>), or <c>blur</c> for a blurred copy of
/// the frame.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<Background>))]
public sealed partial record Background : IParsable<Background>
{
    private readonly string _text;

    private Background(string text) => _text = text;

    /// <summary>The color as six hexadecimal digits, RRGGBB; null for a blurred copy.</summary>
    public string? Color { get; private init; }

    /// <summary>Parses a background; <paramref name="error"/> is the reason, for users, when it is not valid.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out Background? background, [NotNullWhen(false)] out string? error)
    {
        background = text is "blur" || (text is not null && HexColor().IsMatch(text)) ? new Background(text) { Color = ColorOf(text) } : null;
        error = background is null ? "must be a hex color (#1a2b3c or #abc) or blur" : null;
        return background is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Background result) =>
        TryParse(s, out result, out _);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a background.</exception>
    public static Background Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var background, out var error) ? background : throw new FormatException($"The background {error}.");

    /// <summary>The background as it was written.</summary>
    public override string ToString() => _text;

    private static string? ColorOf(string text) => text switch
    {
        ['#', var r, var g, var b] => $"{r}{r}{g}{g}{b}{b}",
        ['#', ..] => text[1..],
        _ => null,
    };

    [GeneratedRegex(@"\A#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z", RegexOptions.CultureInvariant)]
    private static partial Regex HexColor();
}
