using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Thumbnails.Api.Jobs;

namespace Thumbnails.Api.OpenApi;

/// <summary>Describes what the service sends to a callbackUrl, as a callback of the operation that took it.</summary>
internal static class WebhookCallback
{
    /// <param name="operation">The operation whose body names the receiver.</param>
    /// <param name="receiver">Where in the request it is, as a runtime expression.</param>
    /// <param name="document">Has the job's schema.</param>
    public static void Add(OpenApiOperation operation, string receiver, Microsoft.OpenApi.OpenApiDocument document)
    {
        var path = new OpenApiPathItem();
        path.AddOperation(HttpMethod.Post, new OpenApiOperation
        {
            Summary = "Sent when the job has ended",
            Description = "Signed as Standard Webhooks wants it (https://www.standardwebhooks.com): HMAC-SHA256 over webhook-id, webhook-timestamp and body. What is not answered with 2xx within 15 seconds is sent again, with growing gaps, ten times in three days. Redirects are not followed.",
            Parameters =
            [
                Header("webhook-id", "The job's id. The same for every attempt, so that what comes twice can be told.", "7zpbgm5v1k6j3c0w8t2x4n9qra"),
                Header("webhook-timestamp", "When it was sent, in seconds since 1970.", "1795420860"),
                Header("webhook-signature", "v1, and the signature in base64; several, separated by spaces, while the secret is being changed.", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
            ],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchemaReference(nameof(JobResponse), document),
                        Example = Examples.Of(typeof(JobResponse)),
                    },
                },
            },
            Responses = new OpenApiResponses
            {
                ["2XX"] = new OpenApiResponse { Description = "The receiver has it." },
                ["410"] = new OpenApiResponse { Description = "The receiver does not want it: it is not sent again." },
            },
        });
        var callback = new OpenApiCallback();
        callback.AddPathItem(RuntimeExpression.Build(receiver), path);
        operation.Callbacks = new Dictionary<string, IOpenApiCallback> { ["jobEnded"] = callback };
    }

    private static OpenApiParameter Header(string name, string description, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = true,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    };
}
