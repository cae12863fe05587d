using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>
/// The base class of Amazon ECS exceptions. Errors in the service model have their own class in <c>Amazon.ECS.Model</c>. For
/// any other error, notably <c>ThrottlingException</c>, this class is thrown and <c>ErrorCode</c> identifies the error.
/// </summary>
public class AmazonECSException : AmazonServiceException
{
    public AmazonECSException()
    {
    }

    public AmazonECSException(string message)
        : base(message)
    {
    }

    public AmazonECSException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public AmazonECSException(Exception innerException)
        : base(innerException)
    {
    }

    public AmazonECSException(string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    public AmazonECSException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
