using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Hosting;

internal static class HeadRequests
{
    /// <summary>Answers HEAD as GET everywhere; the server leaves out the body. Must come before routing.</summary>
    public static IApplicationBuilder UseHead(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // Objects have an endpoint for HEAD, which does not read the file.
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
