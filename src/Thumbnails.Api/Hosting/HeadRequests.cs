using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

internal static class HeadRequests
{
    /// <summary>Handles HEAD like GET; the server omits the body. Must come before routing.</summary>
    public static IApplicationBuilder UseHead(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // Objects have a HEAD endpoint, which does not read the file.
        if (!HttpMethods.IsHead(context.Request.Method) || context.Request.Path.StartsWithSegments(UrlSigner.Path.TrimEnd('/')))
        {
            await next(context);
            return;
        }

        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    });
}
