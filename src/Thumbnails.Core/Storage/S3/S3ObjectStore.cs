using System.Net;
using Amazon.S3;
using Amazon.S3.Model;


namespace Thumbnails.Core.Storage.S3;

/// <summary>
/// Stores objects in an S3 bucket, under their keys. Needs <c>s3:GetObject</c>, <c>s3:PutObject</c>
/// and <c>s3:DeleteObject</c> on the objects, and <c>s3:ListBucket</c> on the bucket, without which S3 returns 403 instead of
/// 404 for missing objects. Conditional puts use <c>If-None-Match: *</c>.
/// </summary>
/// <param name="client">A client created by <see cref="S3Clients"/>.</param>
/// <param name="bucket">The bucket.</param>
public sealed partial class S3ObjectStore(IAmazonS3 client, string bucket) : IObjectStore
{
    // Records are small, so they are read completely and an interrupted connection can be retried.
    private const int SmallObject = 1024 * 1024;
    private const int PutAttempts = 3;

    private const string WriterMetadata = "writer";

    private readonly S3ErrorTranslator _guard = new(bucket);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken) => ListAsync("", null, 1, cancellationToken);

    /// <inheritdoc/>
    public Task<ObjectInfo?> HeadAsync(ObjectKey key, CancellationToken cancellationToken) => _guard.RunAsync(
        async () => await HeadOrNullAsync(key, cancellationToken) is { } head
            ? new ObjectInfo(key, head.ContentLength, new DateTimeOffset(head.LastModified ?? default, TimeSpan.Zero), head.Metadata[WriterMetadata])
            : null,
        cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> GetAsync(ObjectKey key, CancellationToken cancellationToken) =>
        _guard.RunAsync(() => GetOrNullAsync(key, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> PutAsync(
        ObjectKey key, Stream content, string contentType, PutCondition condition, string? writer, CancellationToken cancellationToken) =>
        _guard.RunAsync(
            async () =>
            {
                if (condition == PutCondition.IfAbsent)
                    return await PutIfAbsentAsync(key, content, contentType, writer, cancellationToken);
                await client.PutObjectAsync(PutRequest(key, content, contentType, writer), cancellationToken);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) =>
        _guard.RunAsync(() => client.DeleteObjectAsync(bucket, key.ToString(), cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectKey key, string writer, CancellationToken cancellationToken) => _guard.RunAsync(
        async () =>
        {
            if (await HeadOrNullAsync(key, cancellationToken) is not { } head || head.Metadata[WriterMetadata] != writer)
                return false;
            try
            {
                await client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = bucket, Key = key.ToString(), IfMatch = head.ETag }, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
            {
                // Replaced or deleted in the meantime.
                return false;
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        _guard.RunAsync<IReadOnlyList<ObjectInfo>>(
            async () =>
            {
                var found = new List<ObjectInfo>();
                ListObjectsV2Response page;
                do
                {
                    var request = new ListObjectsV2Request
                    {
                        BucketName = bucket,
                        Prefix = prefix,
                        StartAfter = after,
                        MaxKeys = limit - found.Count,
                    };
                    page = await client.ListObjectsV2Async(request, cancellationToken);
                    foreach (var item in page.S3Objects ?? [])
                    {
                        after = item.Key;
                        if (ObjectKey.TryParse(item.Key, out var key, out _))
                            found.Add(new ObjectInfo(key, item.Size ?? 0, new DateTimeOffset(item.LastModified ?? default, TimeSpan.Zero)));
                    }
                }
                while (page.IsTruncated == true && found.Count < limit);
                return found;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<PresignedUrl> PresignUploadAsync(
        ObjectKey key, long length, string contentType, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var request = new GetPreSignedUrlRequest
        {
            Verb = HttpVerb.PUT,
            Key = key.ToString(),
            ContentType = contentType,
            Headers = { ["If-None-Match"] = "*", ContentLength = length },
        };
        return SignAsync(request, lifetime, new Dictionary<string, string> { ["Content-Type"] = contentType, ["If-None-Match"] = "*" }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<PresignedUrl> PresignDownloadAsync(ObjectKey key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        SignAsync(
            new GetPreSignedUrlRequest { Verb = HttpVerb.GET, Key = key.ToString() }, lifetime, new Dictionary<string, string>(), cancellationToken);

    /// <summary>Opens an object for random access; returns null when it does not exist.</summary>
    public Task<IRangedObject?> OpenRangedAsync(ObjectKey key, CancellationToken cancellationToken) => _guard.RunAsync(
        async () => await HeadOrNullAsync(key, cancellationToken) is { } head
            ? (IRangedObject)new S3RangedObject(client, _guard, bucket, key.ToString(), head.ETag, head.ContentLength)
            : null,
        cancellationToken);

    private async Task<PresignedUrl> SignAsync(
        GetPreSignedUrlRequest request, TimeSpan lifetime, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        // The SDK accepts any lifetime: over a week it uses an obsolete signature, and a negative one creates an expired URL.
        PresignedUrl.CheckLifetime(lifetime);
        var expires = DateTime.UtcNow.Add(lifetime);
        request.BucketName = bucket;
        request.Expires = expires;
        // GetPreSignedURL returns https whatever the endpoint's scheme is.
        request.Protocol = client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) is true ? Protocol.HTTP : Protocol.HTTPS;
        var url = await _guard.RunAsync(() => client.GetPreSignedURLAsync(request), cancellationToken);
        return new PresignedUrl(new Uri(url), headers, new DateTimeOffset(expires));
    }

    private async Task<bool> PutIfAbsentAsync(
        ObjectKey key, Stream content, string contentType, string? writer, CancellationToken cancellationToken)
    {
        var start = content.Position;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                content.Position = start;
                var request = PutRequest(key, content, contentType, writer);
                request.IfNoneMatch = "*";
                await client.PutObjectAsync(request, cancellationToken);
                return true;
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                // The SDK may have retried after a lost response, in which case the first request succeeded.
                return (writer is null || (await HeadOrNullAsync(key, cancellationToken))?.Metadata[WriterMetadata] == writer)
                    && await HoldsAsync(key, content, start, cancellationToken);
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.Conflict && attempt < PutAttempts)
            {
                // Another conditional put is in progress, and S3 asks for a retry.
                await Task.Delay(TimeSpan.FromMilliseconds(50 * attempt), cancellationToken);
            }
        }
    }

    private async Task<bool> HoldsAsync(ObjectKey key, Stream content, long start, CancellationToken cancellationToken)
    {
        if (content.Length - start > SmallObject || await GetOrNullAsync(key, cancellationToken) is not { } stored)
            return false;
        await using (stored)
        {
            content.Position = start;
            using MemoryStream ours = new(), theirs = new();
            await content.CopyToAsync(ours, cancellationToken);
            await stored.CopyToAsync(theirs, cancellationToken);
            return ours.ToArray().AsSpan().SequenceEqual(theirs.ToArray());
        }
    }

    private PutObjectRequest PutRequest(ObjectKey key, Stream content, string contentType, string? writer)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key.ToString(),
            InputStream = content,
            ContentType = contentType,
            AutoCloseStream = false,
            // A single signed body instead of signed chunks, which few other S3 servers support.
            UseChunkEncoding = false,
        };
        if (writer is not null)
            request.Metadata[WriterMetadata] = writer;
        return request;
    }

    private async Task<GetObjectMetadataResponse?> HeadOrNullAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetObjectMetadataAsync(bucket, key.ToString(), cancellationToken);
        }
        catch (AmazonS3Exception exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    private async Task<Stream?> GetOrNullAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await InterruptedRead.RetryAsync(() => GetOnceAsync(key, cancellationToken));
        }
        catch (AmazonS3Exception exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    private async Task<Stream> GetOnceAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        var response = await client.GetObjectAsync(bucket, key.ToString(), cancellationToken);
        if (response.ContentLength > SmallObject)
            return response.ResponseStream;
        using (response)
        {
            var content = new MemoryStream();
            await response.ResponseStream.CopyToAsync(content, cancellationToken);
            content.Position = 0;
            return content;
        }
    }

    // A HEAD response has no body with an error code, so a missing bucket looks like a missing object.
    private static bool IsMissing(AmazonS3Exception exception) =>
        exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket";
}
