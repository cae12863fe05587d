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

    /// <summary>The time that is left until Lambda ends the request; null when it does not run there.</summary>
    public static TimeSpan? TimeLeft(this HttpContext context) =>
        (context.Items[AbstractAspNetCoreFunction.LAMBDA_CONTEXT] as ILambdaContext)?.RemainingTime;

    /// <summary>The request's path as Lambda got it, which API Gateway has decoded already; null when it does not run there.</summary>
    public static string? LambdaPath(this HttpContext context) =>
        (context.Items[AbstractAspNetCoreFunction.LAMBDA_REQUEST_OBJECT] as APIGatewayHttpApiV2ProxyRequest)?.RequestContext?.Http?.Path;
}

/// <summary>What the package reads and writes with.</summary>
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpApiJson : JsonSerializerContext;
