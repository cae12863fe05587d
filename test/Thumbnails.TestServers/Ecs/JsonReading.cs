using System.Text.Json;

namespace Thumbnails.TestServers.Ecs;

/// <summary>Reads optional members of a request whose types have been checked.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(this JsonElement json, string name) => json.Member(name)?.GetString();

    public static int? Number(this JsonElement json, string name) => json.Member(name)?.GetInt32();

    public static IReadOnlyList<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { } list ? [.. list.EnumerateArray()] : [];

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        [.. json.Items(name).Select(item => item.GetString()!)];
}
