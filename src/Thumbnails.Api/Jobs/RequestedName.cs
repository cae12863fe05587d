using Microsoft.AspNetCore.Http.Features;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>
/// Finds the picture that a URL names. A route value is ambiguous: Kestrel leaves slashes encoded, and in Lambda it is decoded
/// twice.
/// </summary>
internal static class RequestedName
{
    private const string Marker = "/thumbnails/";

    /// <param name="context">The request.</param>
    /// <param name="routeValue">The route value.</param>
    /// <param name="pictures">The keys of the job's pictures.</param>
    public static ObjectKey? FindIn(this HttpContext context, string routeValue, IEnumerable<ObjectKey> pictures)
    {
        var keys = pictures.ToDictionary(key => key.ToString());
        return Readings(context, routeValue).Select(name => keys.GetValueOrDefault(ObjectKeys.Thumbnails + name)).FirstOrDefault(key => key is not null);
    }

    // Normally only one of them is a picture of the job.
    private static IEnumerable<string> Readings(HttpContext context, string routeValue)
    {
        if (context.LambdaPath() is { } path)
            return [NameIn(path), Uri.UnescapeDataString(NameIn(path)), routeValue];
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return [Uri.UnescapeDataString(NameIn(target.Split('?')[0])), routeValue];
    }

    private static string NameIn(string path) => path[(path.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at ? at + Marker.Length : 0)..];
}
