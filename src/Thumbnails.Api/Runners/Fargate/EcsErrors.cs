using Amazon.Runtime;

namespace Thumbnails.Api.Runners.Fargate;

internal static class EcsErrors
{
    /// <summary>Returns whether ECS or the network failed, rather than this program or its caller.</summary>
    public static bool IsOfEcs(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException;
}
