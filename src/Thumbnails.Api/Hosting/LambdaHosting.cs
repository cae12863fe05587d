using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.AspNetCoreServer;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Thumbnails.Api.Hosting;

/// <summary>Runs the same program as a Lambda function behind an HTTP API.</summary>
internal static class LambdaHosting
{
    /// <summary>The variable that only Lambda sets.</summary>
    public const string FunctionName = "AWS_LAMBDA_FUNCTION_NAME";

    public static bool IsPresent => Environment.GetEnvironmentVariable(FunctionName) is { Length: > 0 };

    public static IServiceCollection AddLambda(this IServiceCollection services) =>
        services.AddAWSLambdaHosting(LambdaEventSource.HttpApi, new SourceGeneratorLambdaJsonSerializer<HttpApiJson>());

    /// <summary>
    /// Returns the caller that the gateway authorized: the subject of a token, or the ARN that signed the request; null outside
    /// Lambda. Read from the event, because IAM callers have no claims.
    /// </summary>
    public static string? GatewayCaller(this HttpContext context) =>
        context.Event()?.RequestContext?.Authorizer switch
        {
            // With some issuers, the tokens of machine clients have no subject.
            { Jwt.Claims: { } claims } => claims.TryGetValue("sub", out var subject) || claims.TryGetValue("client_id", out subject) ? subject : null,
            { IAM.UserARN: { } arn } => arn,
            _ => null,
        };

    /// <summary>Returns whether an authorizer of the gateway has accepted the request.</summary>
    public static bool IsAuthorizedByGateway(this HttpContext context) =>
        context.Event()?.RequestContext?.Authorizer is { Jwt: not null } or { IAM: not null } or { Lambda: not null };

    /// <summary>Returns the time until Lambda stops the request; null outside Lambda.</summary>
    public static TimeSpan? TimeLeft(this HttpContext context) =>
        (context.Items[AbstractAspNetCoreFunction.LAMBDA_CONTEXT] as ILambdaContext)?.RemainingTime;

    /// <summary>Returns the path that Lambda received, already decoded by API Gateway; null outside Lambda.</summary>
    public static string? LambdaPath(this HttpContext context) => context.Event()?.RequestContext?.Http?.Path;

    private static APIGatewayHttpApiV2ProxyRequest? Event(this HttpContext context) =>
        context.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] as APIGatewayHttpApiV2ProxyRequest;
}

/// <summary>The serializer of the hosting package.</summary>
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpApiJson : JsonSerializerContext;
