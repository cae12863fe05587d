using Amazon.Runtime.Internal;

namespace Amazon.ECS.Internal;

internal sealed class ServiceMetadata : IServiceMetadata
{
    public string ServiceId => AmazonECSConfig.ServiceId;

    public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>();
}
