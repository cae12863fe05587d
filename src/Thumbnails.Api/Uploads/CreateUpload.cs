using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>Hands out an address to which a client can upload one video, or the addresses of its parts.</summary>
internal sealed class CreateUpload(IObjectStore store, MultipartUploads multipart, Settings settings, TimeProvider clock)
{
    // S3's limit, and for the sake of sameness every store's.
    private const long LargestPut = 5L << 30;

    public Task<UploadResponse> RunAsync(CreateUploadRequest request, Uri baseAddress, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Video(JobId.New(clock).ToString(), request.FileName!);
        return request.Multipart ?? request.SizeBytes > LargestPut
            ? multipart.BeginAsync(key, request, baseAddress, cancellationToken)
            : WholeAsync(key, request, baseAddress, cancellationToken);
    }

    private async Task<UploadResponse> WholeAsync(
        ObjectKey key, CreateUploadRequest request, Uri baseAddress, CancellationToken cancellationToken)
    {
        var address = await store.SignUploadAsync(
            key, request.SizeBytes!.Value, request.ContentType!, settings.Uploads.UrlLifetime, cancellationToken);
        return new UploadResponse
        {
            VideoKey = key,
            Method = HttpMethods.Put,
            Url = new Uri(baseAddress, address.Url),
            Headers = address.Headers,
            ExpiresAt = address.ExpiresAt,
        };
    }
}
