using Amazon.Runtime;
using Amazon.S3;

namespace Thumbnails.Core.Storage.S3;

/// <summary>How our S3 clients differ from the SDK's defaults.</summary>
public static class S3Clients
{
    /// <summary>
    /// How long one attempt may take. The SDK's own default is to wait forever; a client of ours waits at most 30 s in all.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    /// <summary>How often a failed attempt is repeated.</summary>
    public const int Retries = 2;

    /// <summary>A client from the usual AWS configuration: environment, profile, container credentials.</summary>
    /// <param name="timeout">How long one attempt may take; uploads of pictures need longer than the default.</param>
    /// <exception cref="AmazonClientException">No region, or no credentials.</exception>
    public static IAmazonS3 Create(TimeSpan timeout)
    {
        var config = new AmazonS3Config { Timeout = timeout, MaxErrorRetry = Retries, RetryMode = RequestRetryMode.Standard };
        return Adapt(new AmazonS3Client(config));
    }

    /// <summary>
    /// Makes a client work with servers that are not AWS's: host names that carry the bucket need DNS entries which they
    /// seldom have, and the SDK's default checksums are trailers which they seldom read.
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
