using Amazon.Extensions.NETCore.Setup;
using Amazon.Runtime;
using Thumbnails.Core.Storage.S3;

namespace Thumbnails.Api.Hosting;

internal static class AwsConfiguration
{
    /// <summary>The usual AWS configuration (environment, profile, container credentials), with timeouts and retries.</summary>
    public static AWSOptions AwsOptions(this IConfiguration configuration, int retries)
    {
        var options = configuration.GetAWSOptions();
        options.DefaultClientConfig.Timeout = S3Clients.Timeout;
        options.DefaultClientConfig.MaxErrorRetry = retries;
        options.DefaultClientConfig.RetryMode = RequestRetryMode.Standard;
        return options;
    }
}
