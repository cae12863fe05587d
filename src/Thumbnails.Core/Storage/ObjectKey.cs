using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Storage;

/// <summary>
/// The name of an object in a store: folders and a name joined by <c>/</c>. Always valid in every store: at most 1,024 bytes of
/// UTF-8 (S3's limit), at most 255 for each part (a file system's limit), no empty part, no <c>.</c> or <c>..</c>, no backslash,
/// no control characters.
/// </summary>
[JsonConverter(typeof(TextJsonConverter<ObjectKey>))]
public sealed record ObjectKey : IParsable<ObjectKey>
{
    /// <summary>The prefix of secrets, which a store of files lets only its owner read.</summary>
    internal const string Secrets = "keys/";

    private const int MaxBytes = 1024;
    private const int MaxPartBytes = 255;

    private readonly string _text;

    private ObjectKey(string text) => _text = text;

    /// <summary>Parses a key; <paramref name="error"/> is the reason, for users, when it is not valid.</summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out ObjectKey? key, [NotNullWhen(false)] out string? error)
    {
        error = Fault(text);
        key = error is null ? new ObjectKey(text!) : null;
        return key is not null;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out ObjectKey result) =>
        TryParse(s, out result, out _);

    /// <inheritdoc/>
    /// <exception cref="FormatException">The text is not a key.</exception>
    public static ObjectKey Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, out var key, out var error) ? key : throw new FormatException($"The key {error}.");

    /// <summary>The key as text.</summary>
    public override string ToString() => _text;

    private static string? Fault(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "must not be empty";
        if (text.Contains('\\'))
            return "must not contain a backslash";
        foreach (var rune in text.EnumerateRunes())
        {
            // EnumerateRunes returns the replacement character for an unpaired surrogate, which UTF-8 cannot encode.
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
                return "must not contain control characters or invalid Unicode";
        }

        if (Encoding.UTF8.GetByteCount(text) > MaxBytes)
            return $"must have at most {MaxBytes} bytes";
        return text.Split('/').Select(PartFault).FirstOrDefault(fault => fault is not null);
    }

    private static string? PartFault(string part) => part switch
    {
        "" => "must not begin or end with a slash, or contain two in a row",
        "." or ".." => "must not contain . or .. as a part",
        _ when Encoding.UTF8.GetByteCount(part) > MaxPartBytes => $"must have at most {MaxPartBytes} bytes between slashes",
        _ => null,
    };
}
