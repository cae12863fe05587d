using System.Net;
using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>
/// An error that Amazon ECS answered. Those of its service model have a class of their own in <c>Amazon.ECS.Model</c>;
/// any other, <c>ThrottlingException</c> above all, is of this class and told by <c>ErrorCode</c>.
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
