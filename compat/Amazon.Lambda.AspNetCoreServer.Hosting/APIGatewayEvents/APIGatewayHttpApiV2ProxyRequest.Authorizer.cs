using System.Text.Json.Serialization;

namespace Amazon.Lambda.APIGatewayEvents;

/// <content>The authorizer's result.</content>
public partial class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>The result of the route's authorizer.</summary>
    public class AuthorizerDescription
    {
        /// <summary>The result of a JWT authorizer.</summary>
        public JwtDescription? Jwt { get; set; }

        /// <summary>The context returned by a Lambda authorizer.</summary>
        public IDictionary<string, object>? Lambda { get; set; }

        /// <summary>The result of IAM authorization.</summary>
        [JsonPropertyName("iam")]
        public IAMDescription? IAM { get; set; }

        /// <summary>The IAM identity that signed the request.</summary>
        public class IAMDescription
        {
            /// <summary>The access key ID.</summary>
            public string? AccessKey { get; set; }

            /// <summary>The AWS account ID of the caller.</summary>
            public string? AccountId { get; set; }

            /// <summary>The caller ID.</summary>
            public string? CallerId { get; set; }

            /// <summary>The AWS organization of the caller.</summary>
            public string? PrincipalOrgId { get; set; }

            /// <summary>The ARN of the caller.</summary>
            [JsonPropertyName("userArn")]
            public string? UserARN { get; set; }

            /// <summary>The user ID of the caller.</summary>
            public string? UserId { get; set; }
        }

        /// <summary>The verified JWT.</summary>
        public class JwtDescription
        {
            /// <summary>The claims of the token.</summary>
            public IDictionary<string, string>? Claims { get; set; }

            /// <summary>The scopes of the token that the route requires.</summary>
            public string[]? Scopes { get; set; }
        }
    }
}
