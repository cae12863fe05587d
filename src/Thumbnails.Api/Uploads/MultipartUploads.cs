using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>Creates, resumes, completes and aborts uploads in parts.</summary>
internal sealed class MultipartUploads(
    IMultipartStore store, UploadIds ids, AwaitedUploads awaited, UploadSettings settings, TimeProvider clock)
{
    public async Task<UploadResponse> BeginAsync(
        ObjectKey key, CreateUploadRequest request, Uri baseUrl, CancellationToken cancellationToken)
    {
        var size = request.SizeBytes!.Value;
        var upload = new MultipartUpload(key, request.ContentType!, size, UploadToken.PartLength(size));
        var token = new UploadToken(upload, await store.BeginAsync(upload, cancellationToken));
        return await ShowAsync(token, [], baseUrl, cancellationToken);
    }

    /// <summary>Returns the upload with new presigned URLs for the missing parts.</summary>
    /// <exception cref="ApiException">The upload does not exist.</exception>
    public async Task<UploadResponse> ResumeAsync(UploadId uploadId, Uri baseUrl, CancellationToken cancellationToken)
    {
        var token = await TokenOfAsync(uploadId, cancellationToken);
        var present = await store.ListPartsAsync(token.Upload, token.Id, cancellationToken) ?? throw NoSuchUpload();
        var upload = await ShowAsync(token, present, baseUrl, cancellationToken);
        // A job that awaits the upload waits until the URLs expire.
        if (JobOf(token) is { } job)
            await awaited.ExtendAsync(job, upload.ExpiresAt, cancellationToken);
        return upload;
    }

    /// <exception cref="ApiException">The upload does not exist, or is not complete.</exception>
    public async Task<CompletedUploadResponse> CompleteAsync(UploadId uploadId, CompleteUploadRequest request, CancellationToken cancellationToken)
    {
        var token = await TokenOfAsync(uploadId, cancellationToken);
        var parts = request.Parts!.Select(part => new UploadedPart(part.Number!.Value, part.ETag!.Trim('"'))).ToList();
        return await store.CompleteAsync(token.Upload, token.Id, parts, cancellationToken) switch
        {
            MultipartOutcome.Completed => new CompletedUploadResponse { VideoKey = token.Upload.Key },
            MultipartOutcome.ObjectExists => throw new ApiException(RequestErrorCode.ObjectExists),
            MultipartOutcome.WrongParts => throw WrongParts(token),
            _ => throw NoSuchUpload(),
        };
    }

    /// <exception cref="ApiException">The upload does not exist.</exception>
    public async Task AbortAsync(UploadId uploadId, CancellationToken cancellationToken)
    {
        var token = await TokenOfAsync(uploadId, cancellationToken);
        await store.AbortAsync(token.Upload, token.Id, cancellationToken);
        if (JobOf(token) is { } job)
            await awaited.AbandonAsync(job, cancellationToken);
    }

    private async Task<UploadResponse> ShowAsync(
        UploadToken token, IReadOnlyList<UploadedPart> present, Uri baseUrl, CancellationToken cancellationToken)
    {
        var eTags = present.ToDictionary(part => part.Number, part => part.ETag);
        var parts = new UploadPart[token.Upload.Parts];
        var expiresAt = clock.GetUtcNow() + settings.UrlLifetime;
        for (var i = 0; i < parts.Length; i++)
        {
            var eTag = eTags.GetValueOrDefault(i + 1);
            var presigned = eTag is null
                ? await store.PresignPartAsync(token.Upload, token.Id, i + 1, settings.UrlLifetime, cancellationToken)
                : null;
            parts[i] = new UploadPart { Number = i + 1, ETag = eTag, Url = presigned is null ? null : new Uri(baseUrl, presigned.Url) };
        }

        return new UploadResponse
        {
            VideoKey = token.Upload.Key,
            Method = HttpMethods.Put,
            Headers = new Dictionary<string, string>(),
            ExpiresAt = expiresAt,
            UploadId = await ids.SignAsync(token, cancellationToken),
            PartSize = token.Upload.PartLength,
            Parts = parts,
        };
    }

    private static JobId? JobOf(UploadToken token) => ObjectKeys.AwaiterOf(token.Upload.Key.ToString());

    private async Task<UploadToken> TokenOfAsync(UploadId uploadId, CancellationToken cancellationToken) =>
        await ids.ReadAsync(uploadId, cancellationToken) ?? throw NoSuchUpload();

    public static ApiException NoSuchUpload() => new(RequestErrorCode.UploadNotFound);

    private static ApiException WrongParts(UploadToken token)
    {
        var fault = $"must be parts 1 to {token.Upload.Parts} with the ETags that the store returned";
        return new ApiException(RequestErrorCode.ValidationFailed) { Errors = new Dictionary<string, string[]> { ["parts"] = [fault] } };
    }
}
