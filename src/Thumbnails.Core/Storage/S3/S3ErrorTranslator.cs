using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace Thumbnails.Core.Storage.S3;

/// <summary>Translates exceptions of the SDK, after its own retries, into <see cref="StorageException"/>.</summary>
internal sealed class S3ErrorTranslator(string bucket)
{
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (IsOfTheStore(exception, cancellationToken))
        {
            throw new StorageException(Message(exception), exception);
        }
    }

    private static bool IsOfTheStore(Exception exception, CancellationToken cancellationToken) =>
        exception is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // One line that an operator can act on; the inner exception has the details for the log.
    private string Message(Exception exception) => exception switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => $"The bucket {bucket} (Storage:Bucket) does not exist.",
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } error =>
            $"The bucket {bucket} (Storage:Bucket) denies access with these credentials: {error.ErrorCode}.",
        AmazonS3Exception { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect } =>
            $"The bucket {bucket} (Storage:Bucket) is not in the region AWS_REGION.",
        AmazonServiceException { StatusCode: > 0 } error => $"S3 returned {(int)error.StatusCode} {error.ErrorCode} for the bucket {bucket}.",
        OperationCanceledException or TimeoutException => $"S3 did not respond in time for the bucket {bucket}.",
        _ => $"S3 cannot be reached for the bucket {bucket}: {exception.GetBaseException().Message}",
    };
}
