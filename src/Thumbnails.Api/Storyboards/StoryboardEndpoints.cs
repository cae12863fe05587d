using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Storyboards;

/// <summary>
/// What players read: manifests and sheets. Players send no credentials and run on pages of any origin, so the token in the path is
/// all that these URLs need.
/// </summary>
internal static class StoryboardEndpoints
{
    private static readonly TimeSpan UrlLifetime = TimeSpan.FromHours(1);

    public static IServiceCollection AddStoryboards(this IServiceCollection services) => services.AddSingleton<StoryboardViews>();

    public static void MapStoryboards(this IEndpointRouteBuilder routes)
    {
        var view = routes.MapGroup($"/{StoryboardUrls.Root}/{{token}}").WithTags("Storyboards").AllowAnyOrigin()
            .ProducesProblems(RequestErrorCode.ThumbnailNotFound, RequestErrorCode.InternalError, RequestErrorCode.StorageUnavailable);
        view.MapManifest(StoryboardUrls.VttFile, "GetStoryboardVtt", "WebVTT", "text/vtt; charset=utf-8", (document, _, _) => WebVtt.Write(document));
        view.MapManifest(StoryboardUrls.HlsFile, "GetStoryboardHls", "an HLS image media playlist", "application/vnd.apple.mpegurl", (document, _, _) => HlsPlaylist.Write(SheetGrid.Of(document)));
        view.MapManifest(StoryboardUrls.DashFile, "GetStoryboardDash", "a DASH manifest", "application/dash+xml", (document, _, _) => DashManifest.Write(SheetGrid.Of(document)));
        view.MapManifest(StoryboardUrls.AdaptationSetFile, "GetStoryboardAdaptationSet", "a DASH adaptation set, to be pasted into a manifest", "application/xml", (document, token, baseUrl) =>
            DashManifest.WriteFragment(SheetGrid.Of(document), StoryboardUrls.FolderOf(token, baseUrl)));
        view.MapGet($"/{StoryboardUrls.JsonFile}", GetJsonAsync)
            .WithName("GetStoryboardJson")
            .WithSummary("Get a storyboard as JSON")
            .WithDescription("An array of tiles, as Vidstack reads it. With `format=mux`, an object in the form of Mux, which can describe one sheet only.")
            .Produces<VidstackTile[]>()
            .ProducesProblems(RequestErrorCode.ValidationFailed);
        view.MapGet("/{file}", GetSheetAsync)
            .WithName("GetStoryboardSheet")
            .WithSummary("Get a sheet of a storyboard")
            .WithDescription("Redirects to a presigned URL of the sheet. Manifests refer to sheets by these URLs.")
            .Produces(StatusCodes.Status302Found);
    }

    private static void MapManifest(
        this RouteGroupBuilder view, string file, string name, string form, string contentType, Func<StoryboardDocument, string, Uri, string> write) =>
        view.MapGet($"/{file}", async (string token, StoryboardViews views, HttpContext context) =>
            {
                var document = await views.ReadAsync(token, context);
                return TypedResults.Text(write(document, token, context.Request.BaseUrl()), contentType);
            })
            .WithName(name)
            .WithSummary($"Get a storyboard as {form}")
            .WithDescription("Refers to the sheets by relative URLs.")
            .Produces<string>(StatusCodes.Status200OK, contentType.Split(';')[0]);

    private static async Task<IResult> GetJsonAsync(string token, StoryboardViews views, HttpContext context, string? format = null)
    {
        var document = await views.ReadAsync(token, context);
        var folder = StoryboardUrls.FolderOf(token, context.Request.BaseUrl());
        var body = format switch
        {
            null or "" or "vidstack" => JsonSerializer.SerializeToUtf8Bytes(VidstackTile.Of(document, folder), ApiJson.Default.VidstackTileArray),
            "mux" when document.Sheets.Count == 1 => JsonSerializer.SerializeToUtf8Bytes(MuxStoryboard.Of(document, folder), ApiJson.Default.MuxStoryboard),
            "mux" => throw FormatFault($"mux describes one sheet, but this storyboard has {document.Sheets.Count}. Use the default format, or make the storyboard with more columns and rows"),
            _ => throw FormatFault("must be vidstack or mux"),
        };
        // Vidstack recognizes JSON only by exactly this type, without a charset.
        return TypedResults.Bytes(body, "application/json");
    }

    private static async Task<RedirectHttpResult> GetSheetAsync(string token, string file, StoryboardViews views, IObjectStore store, TimeProvider clock, HttpContext context)
    {
        var (name, document) = await views.FindAsync(token, context);
        if (!int.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var sheet)
            || sheet >= document.Sheets.Count || file != StoryboardDocument.SheetFile(sheet, document.Format))
            throw StoryboardViews.NotFound();
        var presigned = await store.PresignDownloadAsync(ObjectKeys.StoryboardSheet(name, sheet, document.Format), UrlLifetime, context.RequestAborted);
        // A cached redirect must lead to a URL that is still valid.
        context.CacheFor((presigned.ExpiresAt - clock.GetUtcNow()) / 2);
        return TypedResults.Redirect(new Uri(context.Request.BaseUrl(), presigned.Url).AbsoluteUri);
    }

    private static ApiException FormatFault(string fault) =>
        new(RequestErrorCode.ValidationFailed, $"The format {fault}.") { Errors = new Dictionary<string, string[]> { ["format"] = [fault] } };
}
