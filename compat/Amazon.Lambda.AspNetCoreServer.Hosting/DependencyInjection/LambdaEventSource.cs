namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What sends the HTTP requests into the function.</summary>
public enum LambdaEventSource
{
    /// <summary>A REST API of API Gateway; not supported here.</summary>
    RestApi,

    /// <summary>An HTTP API of API Gateway, or a function URL: payload format 2.0.</summary>
    HttpApi,

    /// <summary>An Application Load Balancer; not supported here.</summary>
    ApplicationLoadBalancer,

    /// <summary>A WebSocket API of API Gateway; not supported here.</summary>
    WebsocketApi,
}
