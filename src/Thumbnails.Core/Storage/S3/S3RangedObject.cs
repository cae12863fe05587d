using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Thumbnails.Core.Storage.S3;

/// <summary>An S3 object with random access to a single version.</summary>
internal sealed class S3RangedObject(IAmazonS3 client, S3ErrorTranslator guard, string bucket, string key, string eTag, long length) : IRangedObject
{
    public long Length => length;

    public Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken) => guard.RunAsync(
        async () =>
        {
            try
            {
                return await InterruptedRead.RetryAsync(() => ReadOnceAsync(offset, count, cancellationToken));
            }
            catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                throw new StorageException("The video was replaced while it was being read.", exception);
            }
        },
        cancellationToken);

    private async Task<byte[]> ReadOnceAsync(long offset, int count, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = bucket,
            Key = key,
            EtagToMatch = eTag,
            ByteRange = new ByteRange(offset, offset + count - 1),
        };
        using var response = await client.GetObjectAsync(request, cancellationToken);
        var content = new byte[count];
        await response.ResponseStream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
