using Microsoft.AspNetCore.Http;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Decides by its headers whether a body is text, which needs no base64 in JSON.</summary>
internal static class TextContent
{
    private static readonly string[] Types =
    [
        "application/json", "application/xml", "application/javascript", "application/ecmascript",
        "application/x-www-form-urlencoded", "application/x-ndjson",
    ];

    public static bool IsText(IHeaderDictionary headers) =>
        headers.ContentEncoding.Count == 0 && IsText(headers.ContentType.ToString());

    private static bool IsText(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? contentType : contentType[..end]).Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase)
            || Types.Contains(type, StringComparer.OrdinalIgnoreCase);
    }
}
