using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Pages;

/// <summary>
/// The page at / and its files under /page. They are public, because they contain no data, and the endpoints that they call
/// require credentials.
/// </summary>
internal static class PageEndpoints
{
    public static IServiceCollection AddPage(this IServiceCollection services) => services.AddSingleton<PagePolicy>();

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (PagePolicy policy, HttpContext context) => GetAsync("index.html", policy, context)).ExcludeFromDescription();
        routes.MapGet("/favicon.ico", (PagePolicy policy, HttpContext context) => GetAsync("page/favicon.ico", policy, context)).ExcludeFromDescription();
        routes.MapGet("/page/{name}", (string name, PagePolicy policy, HttpContext context) => GetAsync($"page/{name}", policy, context)).ExcludeFromDescription();
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> GetAsync(string name, PagePolicy policy, HttpContext context)
    {
        if (PageFile.Find(name) is not { } file)
            return TypedResults.NotFound();
        var headers = context.Response.Headers;
        // A new version of the program has new files, so browsers revalidate each time and get 304 while they are unchanged.
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = await policy.GetAsync(context.RequestAborted);
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: file.ETag);
    }
}

/// <summary>The origins that the page may load from and connect to: its own, and that of presigned URLs.</summary>
internal sealed class PagePolicy(IObjectStore store)
{
    private string? _policy;

    public async Task<string> GetAsync(CancellationToken cancellationToken) => _policy ??= PolicyFor(await OriginAsync(cancellationToken));

    private static string PolicyFor(string origin) =>
        $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:{origin}; media-src 'self' blob:; "
        + $"connect-src 'self'{origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    // A file store's URLs are relative to the program's own.
    private async Task<string> OriginAsync(CancellationToken cancellationToken)
    {
        var sample = ObjectKeys.Thumbnail(OutputName.Parse("a.png"));
        var url = (await store.PresignDownloadAsync(sample, TimeSpan.FromMinutes(1), cancellationToken)).Url;
        return url.IsAbsoluteUri ? $" {url.GetLeftPart(UriPartial.Authority)}" : "";
    }
}
