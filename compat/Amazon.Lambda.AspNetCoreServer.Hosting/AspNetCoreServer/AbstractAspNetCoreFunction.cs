namespace Amazon.Lambda.AspNetCoreServer;

/// <summary>Keys of <c>HttpContext.Items</c>.</summary>
public abstract class AbstractAspNetCoreFunction
{
    /// <summary>The key of the invocation's <see cref="Core.ILambdaContext"/>.</summary>
    public const string LAMBDA_CONTEXT = "LambdaContext";

    /// <summary>
    /// The key of the event, an <see cref="APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest"/>. Its request context contains
    /// the caller's identity.
    /// </summary>
    public const string LAMBDA_REQUEST_OBJECT = "LambdaRequestObject";
}
