namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>
/// An HTTP request as an event of payload format 2.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Reference</see>
/// </summary>
public partial class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>The payload format: <c>2.0</c>.</summary>
    public string? Version { get; set; }

    /// <summary>The route that matched.</summary>
    public string? RouteKey { get; set; }

    /// <summary>The path.</summary>
    public string? RawPath { get; set; }

    /// <summary>The query as it was sent, without its question mark.</summary>
    public string? RawQueryString { get; set; }

    /// <summary>The cookies, each <c>name=value</c>.</summary>
    public string[]? Cookies { get; set; }

    /// <summary>The headers; several values of one are joined by commas.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>The query's parameters, decoded; several values of one are joined by commas.</summary>
    public IDictionary<string, string>? QueryStringParameters { get; set; }

    /// <summary>What the gateway knows of the request.</summary>
    public ProxyRequestContext? RequestContext { get; set; }

    /// <summary>The body, as <see cref="IsBase64Encoded"/> says.</summary>
    public string? Body { get; set; }

    /// <summary>The route's parameters.</summary>
    public IDictionary<string, string>? PathParameters { get; set; }

    /// <summary>Whether the body is base64, not text.</summary>
    public bool IsBase64Encoded { get; set; }

    /// <summary>The stage's variables.</summary>
    public IDictionary<string, string>? StageVariables { get; set; }
}
