using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Internal.Http;
using Amazon.Lambda.Internal.Runtime;

namespace Amazon.Lambda.Internal;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(StringMapConverter)])]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(ErrorReport))]
internal sealed partial class LambdaJson : JsonSerializerContext;
