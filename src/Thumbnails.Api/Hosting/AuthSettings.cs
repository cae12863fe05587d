using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Thumbnails.Api.Hosting;

/// <summary>Who may use the API.</summary>
/// <param name="ApiKeys">The callers' names by the SHA-256 of their keys, in lower-case hexadecimal; empty when none is needed.</param>
/// <param name="IsLoopbackOnly">Whether the API is open because only this machine can reach it: nothing else was asked for.</param>
/// <param name="Hosts">The names under which it may be called.</param>
internal sealed partial record AuthSettings(IReadOnlyDictionary<string, string> ApiKeys, bool IsLoopbackOnly, HostNames Hosts)
{
    public const string Missing = "must be given (or Auth:AllowAnonymous=true) where others can reach the API, or a bucket is behind it";

    // Of `printf %s "$MY_KEY" | sha256sum` when the variable is not set: a request without a key would match.
    private static readonly string HashOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    public static AuthSettings Read(SettingsReader reader, StorageSettings storage, bool isServed)
    {
        var keys = ReadKeys(reader);
        var allowed = reader.Flag("Auth:AllowAnonymous");
        var isOpen = keys.Count == 0;
        if (isServed && isOpen && !(allowed ?? storage is StorageSettings.Files))
            reader.Fault("Auth:ApiKeys", Missing);
        var isLoopbackOnly = isOpen && allowed is null;
        // The gateway in front of Lambda checks callers; a browser cannot be led to it under another name.
        return new AuthSettings(keys, isLoopbackOnly, HostNames.Read(reader, isOpen && !reader.IsInLambda, allowed is true));
    }

    private static Dictionary<string, string> ReadKeys(SettingsReader reader)
    {
        var keys = new Dictionary<string, string>();
        var text = reader.Text("Auth:ApiKeys");
        foreach (var entry in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (KeyFault(entry, keys) is { } fault)
                reader.Fault("Auth:ApiKeys", fault);
        }

        if (text is not null && string.IsNullOrWhiteSpace(text.Replace(",", "", StringComparison.Ordinal)))
            reader.Fault("Auth:ApiKeys", "must name at least one key when it is given");
        return keys;
    }

    // One caller may have several keys, while it changes them; one key belongs to one caller.
    private static string? KeyFault(string entry, Dictionary<string, string> keys)
    {
        if (KeyPattern().Match(entry) is not { Success: true } match)
            return "must be name=sha256hex,…: a name and the SHA-256 of a key, in hexadecimal";
        var (name, hash) = (match.Groups["name"].Value, match.Groups["hash"].Value.ToLowerInvariant());
        if (hash == HashOfNothing)
            return $"must not have the SHA-256 of an empty key ({name}): the variable that held the key was not set";
        return keys.TryAdd(hash, name) ? null : $"must not have one key twice ({keys[hash]}, {name})";
    }

    [GeneratedRegex("^(?<name>[A-Za-z0-9._-]{1,64})=(?<hash>[0-9A-Fa-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
