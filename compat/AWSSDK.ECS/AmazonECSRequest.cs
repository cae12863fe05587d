using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>The base class of Amazon ECS requests.</summary>
public class AmazonECSRequest : AmazonWebServiceRequest;
