using System.Net;
using System.Text.RegularExpressions;

namespace Thumbnails.Api.Hosting;

/// <summary>Who may use the API.</summary>
/// <param name="ApiKeys">The callers' names by the SHA-256 of their keys, in lower-case hexadecimal; empty when everyone may.</param>
internal sealed partial record AuthSettings(IReadOnlyDictionary<string, string> ApiKeys)
{
    public static AuthSettings Read(SettingsReader reader, StorageSettings storage, string urls, bool isServed)
    {
        var keys = ReadKeys(reader);
        var anonymous = reader.Flag("Auth:AllowAnonymous") ?? (storage is StorageSettings.Files && urls.Split(';').All(IsLoopback));
        if (isServed && !anonymous && keys.Count == 0)
            reader.Fault("Auth:ApiKeys", "must be given (or Auth:AllowAnonymous=true) where others can reach the API, or a bucket is behind it");
        return new AuthSettings(keys);
    }

    private static Dictionary<string, string> ReadKeys(SettingsReader reader)
    {
        var keys = new Dictionary<string, string>();
        foreach (var entry in (reader.Text("Auth:ApiKeys") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (KeyPattern().Match(entry) is { Success: true } match)
                keys[match.Groups["hash"].Value.ToLowerInvariant()] = match.Groups["name"].Value;
            else
                reader.Fault("Auth:ApiKeys", "must be name=sha256hex,…: a name and the SHA-256 of a key, in hexadecimal");
        }

        return keys;
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.IsLoopback || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));

    [GeneratedRegex("^(?<name>[A-Za-z0-9._-]{1,64})=(?<hash>[0-9A-Fa-f]{64})$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();
}
