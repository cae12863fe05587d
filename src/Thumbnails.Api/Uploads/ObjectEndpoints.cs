using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// Serves the presigned URLs of a file store, as S3 serves its own. The OpenAPI document describes only the upload, so that
/// Swagger UI can send a file; clients follow the URLs that they get from the API.
/// </summary>
internal static class ObjectEndpoints
{
    public static void MapObjects(this IEndpointRouteBuilder routes, FileObjectStore store)
    {
        store.RemoveLeftovers();
        routes.MapPut(UrlSigner.Path + "{**key}", (string key, [AsParameters] Signed signed, HttpContext context) =>
            PutAsync(store, key, signed, context))
            .WithTags("Uploads")
            .WithName("PutObject")
            .WithSummary("Send a file")
            .WithDescription("The presigned URL of an upload, which clients use as it is. Its path and query are the parameters; Swagger UI fills them in from the response to POST /uploads. The body is the file, or the part of it.")
            .ProducesProblems(
                RequestErrorCode.ValidationFailed, RequestErrorCode.Forbidden, RequestErrorCode.UploadNotFound, RequestErrorCode.ObjectExists, RequestErrorCode.StorageUnavailable);
        routes.MapMethods(UrlSigner.Path + "{**key}", [HttpMethods.Get, HttpMethods.Head], (string key, [AsParameters] Signed signed, HttpContext context) =>
            Get(store, key, signed, context)).ExcludeFromDescription();
    }

    private static async Task<Ok> PutAsync(FileObjectStore store, string key, Signed signed, HttpContext context)
    {
        var grant = Allowed(store, key, signed, context, found => new SignedGrant(HttpMethods.Put, found, signed.Length ?? 0, signed.Type, signed.PartOrNull()));
        if (context.Request.ContentLength != grant.Length)
            throw Invalid("Content-Length", $"must be {grant.Length}, the size that the URL was created for");
        // Kestrel itself rejects a body that does not match its Content-Length.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = grant.Length;
        if (grant.Part is null)
            await PutWholeAsync(store, grant, context);
        else
            await PutPartAsync(store, grant.Part, context);
        return TypedResults.Ok();
    }

    private static async Task PutWholeAsync(FileObjectStore store, SignedGrant grant, HttpContext context)
    {
        if (context.Request.ContentType != grant.ContentType)
            throw Invalid("Content-Type", $"must be {grant.ContentType}, the type that the URL was created for");
        if (await store.HeadAsync(grant.Key, context.RequestAborted) is not null
            || !await store.PutAsync(grant.Key, context.Request.Body, grant.ContentType!, PutCondition.IfAbsent, context.RequestAborted))
            throw new ApiException(RequestErrorCode.ObjectExists);
    }

    private static async Task PutPartAsync(FileObjectStore store, SignedPart part, HttpContext context)
    {
        var eTag = await store.PutPartAsync(part, context.Request.Body, context.RequestAborted)
            ?? throw new ApiException(RequestErrorCode.UploadNotFound);
        context.Response.Headers.ETag = $"\"{eTag}\"";
    }

    private static FileStreamHttpResult Get(FileObjectStore store, string key, Signed signed, HttpContext context)
    {
        var grant = Allowed(store, key, signed, context, found => new SignedGrant(HttpMethods.Get, found));
        // One file handle for length, date and content, because the object may be replaced at any time.
        var file = store.OpenRead(grant.Key) ?? throw new ApiException(RequestErrorCode.NotFound, "The object does not exist.");
        // Uploaded content must never run as a page.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Like the bucket: the sheets of a storyboard are shown by players on pages of any origin, and the URL is the permission.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var type = ContentTypeOf(Path.GetFileName(grant.Key.ToString()));
        var modified = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        var eTag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{modified.Ticks:x}-{file.Length:x}\""));
        return TypedResults.Stream(file, type, lastModified: modified, entityTag: eTag, enableRangeProcessing: true);
    }

    private static string ContentTypeOf(string fileName) =>
        OutputName.TryParse(fileName, out var picture, out _) ? picture.Format.ContentType()
        : PreviewName.TryParse(fileName, out var preview, out _) ? preview.Format.ContentType()
        : "application/octet-stream";

    private static SignedGrant Allowed(FileObjectStore store, string key, Signed signed, HttpContext context, Func<ObjectKey, SignedGrant> grantOf) =>
        Readings(key, context).Select(grantOf).FirstOrDefault(grant => store.Signer.Allows(grant, signed.Expires ?? 0, signed.Signature ?? "")) ?? throw Forbidden();

    // Clients that fill in the path of the OpenAPI document encode the slashes of the key, and routing leaves those encoded.
    private static IEnumerable<ObjectKey> Readings(string key, HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return from text in (string[])[key, Uri.UnescapeDataString(path.Split(UrlSigner.Path, 2)[^1])]
               let parsed = ObjectKey.TryParse(text, out var found, out _) ? found : null
               where parsed is not null
               select parsed;
    }

    private static ApiException Forbidden() =>
        new(RequestErrorCode.Forbidden, "The URL has expired, or its signature is not valid for this request. Request a new URL.");

    private static ApiException Invalid(string header, string fault) =>
        new(RequestErrorCode.ValidationFailed, $"{header} {fault}. Send that file, or create another upload.") { Errors = new Dictionary<string, string[]> { [header] = [fault] } };
}
