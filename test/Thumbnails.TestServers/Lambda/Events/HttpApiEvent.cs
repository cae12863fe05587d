using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>
/// An HTTP request as API Gateway sends it to a function, in payload format 2.0.
/// <see href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
/// </summary>
public sealed record HttpApiEvent
{
    /// <summary>The request's method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The path; with a named stage, it begins with that.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The query as it was sent, without its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The API's stage.</summary>
    public string Stage { get; init; } = "$default";

    /// <summary>The client's address.</summary>
    public string SourceIp { get; init; } = "192.0.2.1";

    /// <summary>The API's name.</summary>
    public string DomainName { get; init; } = "id.execute-api.us-east-1.amazonaws.com";

    /// <summary>The headers but for cookies; API Gateway makes their names small, and joins the values of one by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The cookies, each <c>name=value</c>.</summary>
    public IReadOnlyList<string> Cookies { get; init; } = [];

    /// <summary>A body of text.</summary>
    public string? Body { get; init; }

    /// <summary>A body of bytes, instead of <see cref="Body"/>.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>What the authorizer found: <c>{"jwt":{"claims":{…}}}</c> or <c>{"iam":{…}}</c>.</summary>
    public JsonObject? Authorizer { get; init; }

    /// <summary>The event.</summary>
    public string ToJson() => ToJsonObject().ToJsonString();

    /// <summary>The event, to be changed.</summary>
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
