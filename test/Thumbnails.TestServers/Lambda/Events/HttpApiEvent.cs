using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>
/// An HTTP request as API Gateway sends it to a function, in payload format 2.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
public sealed record HttpApiEvent
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The path. It begins with the stage, if the stage has a name.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The raw query string, without the question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The stage of the API.</summary>
    public string Stage { get; init; } = "$default";

    /// <summary>The IP address of the client.</summary>
    public string SourceIp { get; init; } = "192.0.2.1";

    /// <summary>The domain name of the API.</summary>
    public string DomainName { get; init; } = "id.execute-api.us-east-1.amazonaws.com";

    /// <summary>The headers except cookies. API Gateway writes names in lowercase and joins multiple values with commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The cookies, each <c>name=value</c>.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>The body as text.</summary>
    public string? Body { get; init; }

    /// <summary>The body as bytes, instead of <see cref="Body"/>.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The authorizer's context: <c>{"jwt":{"claims":{…}}}</c> or <c>{"iam":{…}}</c>.</summary>
    public JsonObject? Authorizer { get; init; }

    /// <summary>Returns the event.</summary>
    public string ToJson() => ToJsonObject().ToJsonString();

    /// <summary>Returns the event as an object that can be modified.</summary>
    public JsonObject ToJsonObject() => new()
    {
        ["version"] = "2.0",
        ["routeKey"] = "$default",
        ["rawPath"] = Path,
        ["rawQueryString"] = Query,
        ["cookies"] = Cookies.Count == 0 ? null : new JsonArray([.. Cookies.Select(cookie => JsonValue.Create(cookie))]),
        ["headers"] = new JsonObject(AllHeaders().Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
        ["requestContext"] = new JsonObject
        {
            ["accountId"] = "123456789012",
            ["apiId"] = "api-id",
            ["authorizer"] = Authorizer?.DeepClone(),
            ["domainName"] = DomainName,
            ["domainPrefix"] = DomainName.Split('.')[0],
            ["http"] = new JsonObject
            {
                ["method"] = Method,
                ["path"] = Path,
                ["protocol"] = "HTTP/1.1",
                ["sourceIp"] = SourceIp,
                ["userAgent"] = "agent",
            },
            ["requestId"] = "id",
            ["routeKey"] = "$default",
            ["stage"] = Stage,
            ["time"] = "12/Mar/2020:19:03:58 +0000",
            ["timeEpoch"] = 1583348638390,
        },
        ["body"] = Bytes is null ? Body : Convert.ToBase64String(Bytes),
        ["isBase64Encoded"] = Bytes is not null,
    };

    private Dictionary<string, string> AllHeaders() =>
        new(Headers.Append(KeyValuePair.Create("host", DomainName)).DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase));
}
