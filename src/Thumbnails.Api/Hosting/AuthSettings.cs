using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Thumbnails.Api.Hosting;

/// <summary>The settings for access to the API.</summary>
/// <param name="ApiKeys">The callers' names by the SHA-256 of their keys, in lowercase hexadecimal; empty when no key is required.</param>
/// <param name="IsBehindGateway">Whether API Gateway, in front of Lambda, authorizes callers.</param>
/// <param name="IsLoopbackOnly">Whether the API accepts anonymous callers only because just this machine can reach it.</param>
/// <param name="Hosts">The host names that the API accepts.</param>
internal sealed partial record AuthSettings(IReadOnlyDictionary<string, string> ApiKeys, bool IsBehindGateway, bool IsLoopbackOnly, HostNames Hosts)
{
    public const string Missing = "must be set when others can reach the API or it uses a bucket (or set Auth:AllowAnonymous=true)";

    // The output of `printf %s "$MY_KEY" | sha256sum` when the variable is not set; a request with an empty key would match it.
    private static readonly string HashOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    public static AuthSettings Read(SettingsReader reader, StorageSettings storage, bool isServed)
    {
        var keys = ReadKeys(reader);
        var allowed = reader.Flag("Auth:AllowAnonymous");
        var isOpen = keys.Count == 0;
        var isBehindGateway = isOpen && allowed is null && reader.IsInLambda;
        if (isServed && isOpen && !isBehindGateway && !(allowed ?? storage is StorageSettings.Files))
            reader.Fault("Auth:ApiKeys", Missing);
        // The gateway in front of Lambda does not accept other host names, so DNS rebinding is not possible.
        return new AuthSettings(
            keys, isBehindGateway, isOpen && allowed is null && !isBehindGateway, HostNames.Read(reader, isOpen && !reader.IsInLambda, allowed is true));
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
            reader.Fault("Auth:ApiKeys", "must contain at least one key");
        return keys;
    }

    // A caller may have several keys during a rotation; a key belongs to one caller.
    private static string? KeyFault(string entry, Dictionary<string, string> keys)
    {
        if (KeyPattern().Match(entry) is not { Success: true } match)
            return "must be name=sha256hex,…: names, each with the SHA-256 of a key in hexadecimal";
        var (name, hash) = (match.Groups["name"].Value, match.Groups["hash"].Value.ToLowerInvariant());
        if (hash == HashOfNothing)
            return $"must not contain the SHA-256 of an empty key ({name}); check that the variable with the key is set";
        return keys.TryAdd(hash, name) ? null : $"must not contain the same key twice ({keys[hash]}, {name})";
    }

    [GeneratedRegex("^(?<name>[A-Za-z0-9._-]{1,64})=(?<hash>[0-9A-Fa-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
