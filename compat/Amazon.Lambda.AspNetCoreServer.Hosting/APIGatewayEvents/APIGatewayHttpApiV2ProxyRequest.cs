namespace Amazon.Lambda.APIGatewayEvents;

/// <summary>
/// An HTTP request event in payload format 2.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Reference</see>
/// </summary>
public partial class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>The payload format version: <c>2.0</c>.</summary>
    public string? Version { get; set; }

    /// <summary>The key of the matching route.</summary>
    public string? RouteKey { get; set; }

    /// <summary>The path.</summary>
    public string? RawPath { get; set; }

    /// <summary>The query string as sent, without the question mark.</summary>
    public string? RawQueryString { get; set; }

    /// <summary>The cookies, each as <c>name=value</c>.</summary>
    public string[]? Cookies { get; set; }

    /// <summary>The headers. Multiple values are joined with commas.</summary>
    public IDictionary<string, string>? Headers { get; set; }

    /// <summary>The decoded query string parameters. Multiple values are joined with commas.</summary>
    public IDictionary<string, string>? QueryStringParameters { get; set; }

    /// <summary>The request context.</summary>
    public ProxyRequestContext? RequestContext { get; set; }

    /// <summary>The body: base64 or text, depending on <see cref="IsBase64Encoded"/>.</summary>
    public string? Body { get; set; }

    /// <summary>The path parameters.</summary>
    public IDictionary<string, string>? PathParameters { get; set; }

    /// <summary>Whether the body is base64-encoded.</summary>
    public bool IsBase64Encoded { get; set; }

    /// <summary>The stage variables.</summary>
    public IDictionary<string, string>? StageVariables { get; set; }
}
