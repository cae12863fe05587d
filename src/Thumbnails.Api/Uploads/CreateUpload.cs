using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>Hands out an address to which a client can upload one video.</summary>
internal sealed class CreateUpload(IObjectStore store, Settings settings, TimeProvider clock)
{
    public async Task<UploadResponse> RunAsync(CreateUploadRequest request, Uri baseAddress, CancellationToken cancellationToken)
    {
        var key = ObjectKeys.Video(JobId.New(clock).ToString(), request.FileName!);
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
