namespace Amazon.Lambda.APIGatewayEvents;

/// <content>What the gateway knows of the request.</content>
public partial class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>What the gateway knows of a request.</summary>
    public class ProxyRequestContext
    {
        /// <summary>The account that owns the API.</summary>
        public string? AccountId { get; set; }

        /// <summary>The API.</summary>
        public string? ApiId { get; set; }

        /// <summary>Who calls, when the route has an authorizer.</summary>
        public AuthorizerDescription? Authorizer { get; set; }

        /// <summary>The name under which the API was called.</summary>
        public string? DomainName { get; set; }

        /// <summary>The first label of that name.</summary>
        public string? DomainPrefix { get; set; }

        /// <summary>The request line, and where it came from.</summary>
        public HttpDescription? Http { get; set; }

        /// <summary>The gateway's id of the request.</summary>
        public string? RequestId { get; set; }

        /// <summary>The route that matched.</summary>
        public string? RouteKey { get; set; }

        /// <summary>The stage; <c>$default</c> has no place in the path.</summary>
        public string? Stage { get; set; }

        /// <summary>When the request came, as <c>12/Mar/2020:19:03:58 +0000</c>.</summary>
        public string? Time { get; set; }

        /// <summary>When the request came, in milliseconds of Unix time.</summary>
        public long TimeEpoch { get; set; }
    }

    /// <summary>A request line, and where it came from.</summary>
    public class HttpDescription
    {
        /// <summary>The method.</summary>
        public string? Method { get; set; }

        /// <summary>The path, beginning with the stage unless that is <c>$default</c>.</summary>
        public string? Path { get; set; }

        /// <summary>The protocol: <c>HTTP/1.1</c>.</summary>
        public string? Protocol { get; set; }

        /// <summary>The client's address.</summary>
        public string? SourceIp { get; set; }

        /// <summary>The client's name of itself.</summary>
        public string? UserAgent { get; set; }
    }
}
