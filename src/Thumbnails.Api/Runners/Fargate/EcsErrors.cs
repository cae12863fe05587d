using Amazon.Runtime;

namespace Thumbnails.Api.Runners.Fargate;

internal static class EcsErrors
{
    /// <summary>Whether ECS, or the way to it, is at fault, and not this program or its caller.</summary>
    public static bool IsOfEcs(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException;
}
