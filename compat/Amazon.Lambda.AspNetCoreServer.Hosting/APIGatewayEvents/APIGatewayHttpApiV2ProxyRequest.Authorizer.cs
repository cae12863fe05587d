using System.Text.Json.Serialization;

namespace Amazon.Lambda.APIGatewayEvents;

/// <content>Who calls.</content>
public partial class APIGatewayHttpApiV2ProxyRequest
{
    /// <summary>Who calls, as the route's authorizer found.</summary>
    public class AuthorizerDescription
    {
        /// <summary>What a JWT authorizer found.</summary>
        public JwtDescription? Jwt { get; set; }

        /// <summary>What a Lambda authorizer gave.</summary>
        public IDictionary<string, object>? Lambda { get; set; }

        /// <summary>What IAM authorization found.</summary>
        [JsonPropertyName("iam")]
        public IAMDescription? IAM { get; set; }

        /// <summary>Who signed the request.</summary>
        public class IAMDescription
        {
            /// <summary>The access key.</summary>
            public string? AccessKey { get; set; }

            /// <summary>The caller's account.</summary>
            public string? AccountId { get; set; }

            /// <summary>The caller's id.</summary>
            public string? CallerId { get; set; }

            /// <summary>The caller's organization.</summary>
            public string? PrincipalOrgId { get; set; }

            /// <summary>The caller's ARN.</summary>
            [JsonPropertyName("userArn")]
            public string? UserARN { get; set; }

            /// <summary>The user's id.</summary>
            public string? UserId { get; set; }
        }

        /// <summary>A token that was verified.</summary>
        public class JwtDescription
        {
            /// <summary>Its claims.</summary>
            public IDictionary<string, string>? Claims { get; set; }

            /// <summary>The scopes that the route asks for and the token has.</summary>
            public string[]? Scopes { get; set; }
        }
    }
}
