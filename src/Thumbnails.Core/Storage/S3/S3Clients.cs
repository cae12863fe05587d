using Amazon.Runtime;
using Amazon.S3;

namespace Thumbnails.Core.Storage.S3;

/// <summary>The configuration of S3 clients, where it differs from the SDK's defaults.</summary>
public static class S3Clients
{
    /// <summary>
    /// The timeout of one attempt. The SDK's default is unlimited, but clients of this service wait at most 30 s in total.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    /// <summary>The number of retries.</summary>
    public const int Retries = 2;

    /// <summary>Creates a client from the usual AWS configuration: environment, profile, container credentials.</summary>
    /// <param name="timeout">The timeout of one attempt; uploads of pictures need longer than the default.</param>
    /// <exception cref="AmazonClientException">No region or no credentials are configured.</exception>
    public static IAmazonS3 Create(TimeSpan timeout)
    {
        var config = new AmazonS3Config { Timeout = timeout, MaxErrorRetry = Retries, RetryMode = RequestRetryMode.Standard };
        return Adapt(new AmazonS3Client(config));
    }

    /// <summary>
    /// Makes a client compatible with other S3 servers: few have DNS entries for host names that contain the bucket, and few
    /// support the trailing checksums that the SDK sends by default.
    /// </summary>
    public static IAmazonS3 Adapt(IAmazonS3 client)
    {
        if (client.Config is AmazonS3Config { ServiceURL: not null } config)
        {
            config.ForcePathStyle = true;
            config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
            config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        }

        return client;
    }
}
