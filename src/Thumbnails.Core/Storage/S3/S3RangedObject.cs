using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Thumbnails.Core.Storage.S3;

/// <summary>An S3 object with random access to a single version.</summary>
internal sealed class S3RangedObject(IAmazonS3 client, S3ErrorTranslator guard, string bucket, string key, string eTag, long length) : IRangedObject
{
    private const int Attempts = 3;

    public long Length => length;

    public Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken) => guard.RunAsync(
        async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await ReadOnceAsync(offset, count, cancellationToken);
                }
                catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.PreconditionFailed)
                {
                    throw new StorageException("The video was replaced while it was being read.", exception);
                }
                catch (Exception exception) when (exception is IOException or HttpRequestException && attempt < Attempts)
                {
                    // The connection was interrupted during the response, which the SDK does not retry.
                }
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
