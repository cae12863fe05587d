using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Thumbnails.Api.Hosting;

/// <summary>The same program as a Lambda function behind an HTTP API, where it finds itself in one.</summary>
internal static class LambdaHosting
{
    /// <summary>Set by Lambda, and by nobody else.</summary>
    public const string FunctionName = "AWS_LAMBDA_FUNCTION_NAME";

    public static bool IsPresent => Environment.GetEnvironmentVariable(FunctionName) is { Length: > 0 };

    public static IServiceCollection AddLambda(this IServiceCollection services) =>
        services.AddAWSLambdaHosting(LambdaEventSource.HttpApi, new SourceGeneratorLambdaJsonSerializer<HttpApiJson>());

    /// <summary>
    /// The caller whom the gateway's authorizer accepted: the subject of a token, or the ARN that signed the request; null
    /// outside Lambda. Read from the event, since callers that sign have no claims.
    /// </summary>
    public static string? GatewayCaller(this HttpContext context) =>
        context.Event()?.RequestContext?.Authorizer switch
        {
            // A client that calls in its own name has no subject with some issuers.
            { Jwt.Claims: { } claims } => claims.TryGetValue("sub", out var subject) || claims.TryGetValue("client_id", out subject) ? subject : null,
            { IAM.UserARN: { } arn } => arn,
            _ => null,
        };

    /// <summary>The time that is left until Lambda ends the request; null when it does not run there.</summary>
    public static TimeSpan? TimeLeft(this HttpContext context) =>
        (context.Items[AbstractAspNetCoreFunction.LAMBDA_CONTEXT] as ILambdaContext)?.RemainingTime;

    /// <summary>The request's path as Lambda got it, which API Gateway has decoded already; null when it does not run there.</summary>
    public static string? LambdaPath(this HttpContext context) => context.Event()?.RequestContext?.Http?.Path;

    private static APIGatewayHttpApiV2ProxyRequest? Event(this HttpContext context) =>
        context.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] as APIGatewayHttpApiV2ProxyRequest;
}

/// <summary>What the package reads and writes with.</summary>
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpApiJson : JsonSerializerContext;
