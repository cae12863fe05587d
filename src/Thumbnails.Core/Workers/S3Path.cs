using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Workers;

/// <summary>Parses <c>s3://bucket/key</c>.</summary>
internal static partial class S3Path
{
    public static bool TryParse(string text, [NotNullWhen(true)] out string? bucket, out ObjectKey? key)
    {
        key = null;
        bucket = Pattern().Match(text) is { Success: true } match ? match.Groups["bucket"].Value : null;
        if (bucket is null)
            return false;
        var rest = text["s3://".Length..][bucket.Length..].Trim('/');
        return rest.Length == 0 || ObjectKey.TryParse(rest, out key, out _);
    }

    [GeneratedRegex(@"\As3://(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(/|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
