using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Thumbnails.Api.Hosting;

internal static class JsonCharset
{
    /// <summary>
    /// Accepts a quoted charset of a JSON body, which ASP.NET Core misreads, and rejects an unknown one, for which ASP.NET Core
    /// returns 500.
    /// </summary>
    public static IApplicationBuilder UseJsonCharset(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
            && MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            && type.Charset.HasValue)
        {
            type.Charset = HeaderUtilities.RemoveQuotes(type.Charset);
            if (!IsKnown(type.Charset.ToString()))
                throw new BadHttpRequestException("The charset is not supported.", StatusCodes.Status415UnsupportedMediaType);
            context.Request.ContentType = type.ToString();
        }

        return next(context);
    });

    private static bool IsKnown(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset) is not null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
