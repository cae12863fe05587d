namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The source of the HTTP requests.</summary>
public enum LambdaEventSource
{
    /// <summary>An API Gateway REST API. Not supported.</summary>
    RestApi,

    /// <summary>An API Gateway HTTP API or a Lambda function URL: payload format 2.0.</summary>
    HttpApi,

    /// <summary>An Application Load Balancer. Not supported.</summary>
    ApplicationLoadBalancer,

    /// <summary>An API Gateway WebSocket API. Not supported.</summary>
    WebsocketApi,
}
