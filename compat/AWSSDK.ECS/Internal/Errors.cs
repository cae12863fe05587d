using System.Text.Json;
using Amazon.ECS.Model;
using Amazon.Runtime.Internal;

namespace Amazon.ECS.Internal;

internal static class Errors
{
    public static AmazonECSException ToException(ErrorResponse error, byte[] body)
    {
        var (message, inner, type, code, id, status) =
            (error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode);
        return code switch
        {
            "AccessDeniedException" => new AccessDeniedException(message, inner, type, code, id, status),
            "BlockedException" => new BlockedException(message, inner, type, code, id, status),
            "ClientException" => new ClientException(message, inner, type, code, id, status),
            "ClusterNotFoundException" => new ClusterNotFoundException(message, inner, type, code, id, status),
            "ConflictException" => new ConflictException(message, inner, type, code, id, status)
            {
                ResourceIds = JsonSerializer.Deserialize(body, EcsJson.Default.Conflict).ResourceIds,
            },
            "InvalidParameterException" => new InvalidParameterException(message, inner, type, code, id, status),
            "PlatformTaskDefinitionIncompatibilityException" =>
                new PlatformTaskDefinitionIncompatibilityException(message, inner, type, code, id, status),
            "PlatformUnknownException" => new PlatformUnknownException(message, inner, type, code, id, status),
            "ServerException" => new ServerException(message, inner, type, code, id, status),
            "ServiceNotFoundException" => new ServiceNotFoundException(message, inner, type, code, id, status),
            "UnsupportedFeatureException" => new UnsupportedFeatureException(message, inner, type, code, id, status),
            _ => new AmazonECSException(message, inner, type, code, id, status),
        };
    }
}
