using System.Text;
using Microsoft.AspNetCore.Http;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Maps a request path to ASP.NET Core's path base and path, as Kestrel does: decodes escapes, except slashes and invalid
/// UTF-8, and removes dot segments.
/// </summary>
internal static class RequestPath
{
    private const string DefaultStage = "$default";

    /// <exception cref="BadHttpRequestException">The path contains a null character.</exception>
    public static (string PathBase, string Path) Of(string path, string? stage)
    {
        var stageBase = StageOf(path, stage);
        return (stageBase, Decode(path[stageBase.Length..]));
    }

    private static string StageOf(string path, string? stage)
    {
        if (string.IsNullOrEmpty(stage) || stage == DefaultStage)
            return "";
        var prefix = "/" + stage;
        return path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal) ? prefix : "";
    }

    private static string Decode(string path)
    {
        if (path.Contains("%00", StringComparison.Ordinal) || path.Contains('\0'))
            throw new BadHttpRequestException("The path contains a null character.");
        // Empty only after a stage; PathString requires a leading slash.
        var decoded = path.Length == 0 ? "" : PathString.FromUriComponent(path[0] == '/' ? path : "/" + path).Value!;
        return decoded.Contains("/.", StringComparison.Ordinal) ? RemoveDotSegments(decoded) : decoded;
    }

    // https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4
    private static string RemoveDotSegments(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/')[1..];
        foreach (var segment in segments)
        {
            if (segment == ".." && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
            else if (segment is not ("." or ".."))
                kept.Add(segment);
        }

        var result = new StringBuilder().AppendJoin("", kept.Select(segment => "/" + segment));
        return segments[^1] is "." or ".." || result.Length == 0 ? result.Append('/').ToString() : result.ToString();
    }
}
