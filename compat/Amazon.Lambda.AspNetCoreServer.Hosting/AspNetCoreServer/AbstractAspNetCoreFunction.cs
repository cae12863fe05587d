namespace Amazon.Lambda.AspNetCoreServer;

/// <summary>Names of what <c>HttpContext.Items</c> holds.</summary>
public abstract class AbstractAspNetCoreFunction
{
    /// <summary>The invocation's <see cref="Core.ILambdaContext"/>.</summary>
    public const string LAMBDA_CONTEXT = "LambdaContext";

    /// <summary>
    /// The event, an <see cref="APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest"/>. Its request context's authorizer tells
    /// who calls.
    /// </summary>
    public const string LAMBDA_REQUEST_OBJECT = "LambdaRequestObject";
}
