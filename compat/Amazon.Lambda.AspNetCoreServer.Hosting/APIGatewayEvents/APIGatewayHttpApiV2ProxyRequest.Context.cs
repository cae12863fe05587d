namespace Amazon.Lambda.APIGatewayEvents;

/// <content>The request context.</content>
public partial class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>The request context that API Gateway provides.</summary>
    public class ProxyRequestContext
    {
        /// <summary>The AWS account ID of the API's owner.</summary>
        public string? AccountId { get; set; }

        /// <summary>The API ID.</summary>
        public string? ApiId { get; set; }

        /// <summary>The authorizer's result; null if the route has no authorizer.</summary>
        public AuthorizerDescription? Authorizer { get; set; }

        /// <summary>The domain name that the API was called at.</summary>
        public string? DomainName { get; set; }

        /// <summary>The first label of the domain name.</summary>
        public string? DomainPrefix { get; set; }

        /// <summary>The HTTP request line and client.</summary>
        public HttpDescription? Http { get; set; }

        /// <summary>The request ID assigned by API Gateway.</summary>
        public string? RequestId { get; set; }

        /// <summary>The key of the matching route.</summary>
        public string? RouteKey { get; set; }

        /// <summary>The stage. <c>$default</c> is not part of the path.</summary>
        public string? Stage { get; set; }

        /// <summary>The time of the request, such as <c>12/Mar/2020:19:03:58 +0000</c>.</summary>
        public string? Time { get; set; }

        /// <summary>The time of the request, as Unix time in milliseconds.</summary>
        public long TimeEpoch { get; set; }
    }

    /// <summary>An HTTP request line and its client.</summary>
    public class HttpDescription
    {
        /// <summary>The HTTP method.</summary>
        public string? Method { get; set; }

        /// <summary>The path, including the stage unless it is <c>$default</c>.</summary>
        public string? Path { get; set; }

        /// <summary>The protocol, such as <c>HTTP/1.1</c>.</summary>
        public string? Protocol { get; set; }

        /// <summary>The client's IP address.</summary>
        public string? SourceIp { get; set; }

        /// <summary>The client's user agent.</summary>
        public string? UserAgent { get; set; }
    }
}
