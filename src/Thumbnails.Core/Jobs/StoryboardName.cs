using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>
/// The name of a storyboard: a folder under <c>thumbnails/</c> that holds its sheets and its <c>storyboard.json</c>. At most 180
/// characters, no <c>.</c> or <c>..</c> folders, no control characters.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<StoryboardName>))]
public sealed record StoryboardName : IParsable<StoryboardName>
{
    /// <summary>The maximum length in UTF-16 characters. It leaves room for the names of the sheets.</summary>
    public const int MaxLength = 180;

    private readonly string _text;

    private StoryboardName(string text) => _text = text;

    /// <summary>Parses a name; <paramref name="error"/> is the reason, for users, when it is not valid.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out StoryboardName? name, [NotNullWhen(false)] out string? error)
    {
        name = null;
        if (text?.Length > MaxLength)
            error = $"must have at most {MaxLength} characters";
        else if (ObjectKey.TryParse(text, out _, out error))
            name = new StoryboardName(text!);
        return name is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out StoryboardName result) =>
        TryParse(s, out result, out _);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not the name of a storyboard.</exception>
    public static StoryboardName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var name, out var error) ? name : throw new FormatException($"The name of the storyboard {error}.");

    /// <inheritdoc/>
    public override string ToString() => _text;
}
