using System.Globalization;

namespace Thumbnails.Api.Storyboards;

/// <summary>The headers that let players on pages of any origin read a response, and browsers keep it.</summary>
internal static class PlayerHeaders
{
    /// <summary>Allows every origin to read the responses of a group, problems included.</summary>
    public static RouteGroupBuilder AllowAnyOrigin(this RouteGroupBuilder group)
    {
        // Some players send headers that a browser asks about first.
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
            // The handler of exceptions clears the headers that are set before.
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

    /// <summary>Lets the browser, but no cache between, keep the response: its URL is a secret.</summary>
    public static void CacheFor(this HttpContext context, TimeSpan time) =>
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"private, max-age={(int)time.TotalSeconds}");
}
