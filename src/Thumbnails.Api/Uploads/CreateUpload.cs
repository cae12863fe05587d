using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Uploads;

/// <summary>
/// Creates an upload: returns a presigned URL for a video, or one for each of its parts, and accepts the job that starts after
/// the upload.
/// </summary>
internal sealed class CreateUpload(
    IObjectStore store, MultipartUploads multipart, AcceptJob acceptJob, UploadSettings settings, RunnerSettings runner, TimeProvider clock)
{
    // The limit of S3, applied to every store for consistency.
    private const long LargestPut = 5L << 30;

    public async Task<UploadResponse> RunAsync(CreateUploadRequest request, Uri baseUrl, CancellationToken cancellationToken)
    {
        var id = JobId.New(clock);
        var key = ObjectKeys.Video(id, request.FileName!);
        var upload = await (request.Multipart ?? request.SizeBytes > LargestPut
            ? multipart.BeginAsync(key, request, baseUrl, cancellationToken)
            : WholeAsync(key, request, baseUrl, cancellationToken));
        if (request.Job is null)
            return upload;
        var job = request.Job.ToJob(id, key, baseUrl, clock.GetUtcNow(), (int)runner.TimeLimit.TotalSeconds);
        await acceptJob.RunAsync(job with { UploadExpiresAt = upload.ExpiresAt }, cancellationToken);
        return upload with { JobId = id };
    }

    private async Task<UploadResponse> WholeAsync(
        ObjectKey key, CreateUploadRequest request, Uri baseUrl, CancellationToken cancellationToken)
    {
        var presigned = await store.PresignUploadAsync(
            key, request.SizeBytes!.Value, request.ContentType!, settings.UrlLifetime, cancellationToken);
        return new UploadResponse
        {
            VideoKey = key,
            Method = HttpMethods.Put,
            Url = new Uri(baseUrl, presigned.Url),
            Headers = presigned.Headers,
            ExpiresAt = presigned.ExpiresAt,
        };
    }
}
