using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.ECS.Internal;

/// <summary>Serializes a request once, so that every attempt sends the same bytes.</summary>
internal sealed class RequestMarshaller<TRequest>(string operation, JsonTypeInfo<TRequest> shape)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonECSRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input) => new DefaultRequest(input, "Amazon.ECS")
    {
        HttpMethod = "POST",
        ResourcePath = "/",
        Headers =
        {
            ["X-Amz-Target"] = $"AmazonEC2ContainerServiceV20141113.{operation}",
            ["Content-Type"] = "application/x-amz-json-1.1",
            [HeaderKeys.XAmzApiVersion] = "2014-11-13",
        },
        Content = JsonSerializer.SerializeToUtf8Bytes((TRequest)input, shape),
    };
}
