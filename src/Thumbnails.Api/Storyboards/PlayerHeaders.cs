using System.Globalization;

namespace Thumbnails.Api.Storyboards;

/// <summary>The headers that allow players on pages of any origin to read a response, and browsers to cache it.</summary>
internal static class PlayerHeaders
{
    /// <summary>Allows every origin to read the responses of a group, problems included.</summary>
    public static RouteGroupBuilder AllowAnyOrigin(this RouteGroupBuilder group)
    {
        // Some players send headers that trigger a CORS preflight request.
        group.MapMethods("/{file}", [HttpMethods.Options], (HttpContext context) =>
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowMethods = "GET, HEAD";
            headers.AccessControlAllowHeaders = "*";
            headers.AccessControlMaxAge = "86400";
            return TypedResults.NoContent();
        }).ExcludeFromDescription();
        group.AddEndpointFilter((context, next) =>
        {
            var response = context.HttpContext.Response;
            // Set late, because the exception handler clears the headers that were set before.
            response.OnStarting(() =>
            {
                response.Headers.AccessControlAllowOrigin = "*";
                response.Headers["Referrer-Policy"] = "no-referrer";
                return Task.CompletedTask;
            });
            return next(context);
        });
        return group;
    }

    /// <summary>Allows the browser, but no shared cache, to cache the response: its URL is a secret.</summary>
    public static void CacheFor(this HttpContext context, TimeSpan time) =>
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={(int)time.TotalSeconds}");
}
