using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace Thumbnails.Api.Hosting;

/// <summary>The same program as a Lambda function behind an HTTP API, where it finds itself in one.</summary>
internal static class LambdaHosting
{
    public static IServiceCollection AddLambda(this IServiceCollection services) =>
        services.AddAWSLambdaHosting(LambdaEventSource.HttpApi, new SourceGeneratorLambdaJsonSerializer<HttpApiJson>());
}

/// <summary>What the package reads and writes with.</summary>
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
internal sealed partial class HttpApiJson : JsonSerializerContext;
