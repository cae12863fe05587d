using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>What every request to Amazon ECS derives from.</summary>
public class AmazonECSRequest : AmazonWebServiceRequest;
