using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Thumbnails.Api.Jobs;

namespace Thumbnails.Api.OpenApi;

/// <summary>Describes the webhook that is sent to a callbackUrl, as a callback of the operation that accepted it.</summary>
internal static class WebhookCallback
{
    /// <param name="operation">The operation whose body contains the URL.</param>
    /// <param name="receiver">The runtime expression of the URL in the request.</param>
    /// <param name="document">The document with the schema of a job.</param>
    public static void Add(OpenApiOperation operation, string receiver, Microsoft.OpenApi.OpenApiDocument document)
    {
        var path = new OpenApiPathItem();
        path.AddOperation(HttpMethod.Post, new OpenApiOperation
        {
            Summary = "Receive a finished job",
            Description = "Sent when the job has ended, signed according to [Standard Webhooks](https://www.standardwebhooks.com): HMAC-SHA256 over webhook-id, webhook-timestamp and body. Respond with 2xx within 15 seconds. Otherwise the webhook is sent again, at growing intervals, up to ten times over three days. Redirects are not followed.",
            Parameters =
            [
                Header("webhook-id", "The id of the job. It is the same for every attempt, so that duplicates can be recognized.", "7zpbgm5v1k6j3c0w8t2x4n9qra"),
                Header("webhook-timestamp", "When this attempt was made, in seconds since 1970-01-01 UTC.", "1795420860"),
                Header("webhook-signature", "v1, a comma and the signature in base64. Several signatures, separated by spaces, while the secret is being rotated.", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="),
            ],
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchemaReference(nameof(JobResponse), document),
                        Example = Examples.FinishedJob(),
                    },
                },
            },
            Responses = new OpenApiResponses
            {
                ["2XX"] = new OpenApiResponse { Description = "The webhook was received." },
                ["410"] = new OpenApiResponse { Description = "The receiver no longer wants this webhook. It is not sent again." },
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
