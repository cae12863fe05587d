using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// Serves the presigned URLs of a file store, as S3 serves its own. Clients get these URLs from the API, so they are not in the
/// OpenAPI document.
/// </summary>
internal static class ObjectEndpoints
{
    public static void MapObjects(this IEndpointRouteBuilder routes, FileObjectStore store)
    {
        store.RemoveLeftovers();
        routes.MapPut(UrlSigner.Path + "{**key}", (string key, [AsParameters] Signed signed, HttpContext context) =>
            PutAsync(store, key, signed, context)).ExcludeFromDescription();
        routes.MapMethods(UrlSigner.Path + "{**key}", [HttpMethods.Get, HttpMethods.Head], (string key, [AsParameters] Signed signed, HttpContext context) =>
            Get(store, key, signed, context)).ExcludeFromDescription();
    }

    private static async Task<Ok> PutAsync(FileObjectStore store, string key, Signed signed, HttpContext context)
    {
        var grant = new SignedGrant(HttpMethods.Put, KeyOf(key), signed.Length ?? 0, signed.Type, signed.PartOrNull());
        Require(store, grant, signed);
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
        var grant = new SignedGrant(HttpMethods.Get, KeyOf(key));
        Require(store, grant, signed);
        // One file handle for length, date and content, because the object may be replaced at any time.
        var file = store.OpenRead(grant.Key) ?? throw new ApiException(RequestErrorCode.NotFound, "The object does not exist.");
        // Uploaded content must never run as a page.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // Like the bucket: the sheets of a storyboard are shown by players on pages of any origin, and the URL is the permission.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var type = ContentTypeOf(Path.GetFileName(key));
        var modified = File.GetLastWriteTimeUtc(file.SafeFileHandle);
        var eTag = new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{modified.Ticks:x}-{file.Length:x}\""));
        return TypedResults.Stream(file, type, lastModified: modified, entityTag: eTag, enableRangeProcessing: true);
    }

    private static string ContentTypeOf(string fileName) =>
        OutputName.TryParse(fileName, out var picture, out _) ? picture.Format.ContentType()
        : PreviewName.TryParse(fileName, out var preview, out _) ? preview.Format.ContentType()
        : "application/octet-stream";

    private static void Require(FileObjectStore store, SignedGrant grant, Signed signed)
    {
        if (!store.Signer.Allows(grant, signed.Expires ?? 0, signed.Signature ?? ""))
            throw Forbidden();
    }

    private static ObjectKey KeyOf(string key) => ObjectKey.TryParse(key, out var parsed, out _) ? parsed : throw Forbidden();

    private static ApiException Forbidden() =>
        new(RequestErrorCode.Forbidden, "The URL has expired, or its signature is not valid for this request. Request a new URL.");

    private static ApiException Invalid(string header, string fault) =>
        new(RequestErrorCode.ValidationFailed, $"{header} {fault}.") { Errors = new Dictionary<string, string[]> { [header] = [fault] } };
}

/// <summary>The query of a presigned URL.</summary>
internal readonly record struct Signed(long? Expires, string? Signature, long? Length, string? Type, string? Upload, int? Part, long? Offset)
{
    public SignedPart? PartOrNull() => Upload is null ? null : new SignedPart(Upload, Part ?? 0, Offset ?? 0);
}
