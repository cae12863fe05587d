using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Thumbnails.TestKit;

/// <summary>An OpenAPI 3.1 document, which a validator of JSON Schema 2020-12 reads.</summary>
public sealed class ApiContract
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly List<ApiOperation> _operations;
    private readonly JsonObject _schemas;

    public ApiContract(JsonNode document)
    {
        _schemas = document["components"]!["schemas"]!.DeepClone().AsObject();
        // Clients must ignore unknown members, but the service itself must not send members that the document lacks.
        foreach (var (_, schema) in _schemas)
        {
            if (schema!["properties"] is not null)
                schema["additionalProperties"] = false;
        }

        _operations =
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               orderby path.Key.Contains('{')
               select new ApiOperation(this, operation.Key, path.Key, operation.Value!),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations => _operations;

    public ApiOperation? Find(HttpMethod method, string path) => _operations.Find(operation => operation.Matches(method, path));

    public void CheckProblem(string json) =>
        Check(new JsonObject { ["$ref"] = "#/components/schemas/Problem" }, JsonNode.Parse(json), "a problem");

    /// <exception cref="ContractException">The value does not match the schema.</exception>
    public void Check(JsonNode schema, JsonNode? value, string what)
    {
        var root = schema.DeepClone();
        root["$defs"] = _schemas.DeepClone();
        // A schema on its own needs the document's components as its definitions.
        var text = root.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        var results = JsonSchema.FromText(text).Evaluate(value, Options);
        if (results.IsValid)
            return;
        var errors = results.Details.Where(detail => detail.HasErrors).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        throw new ContractException($"The document does not describe {what}:\n{string.Join('\n', errors)}\n{value?.ToJsonString()}");
    }
}

/// <summary>One operation of the document.</summary>
public sealed class ApiOperation(ApiContract contract, string method, string path, JsonNode operation)
{
    private readonly Regex _path = new("^" + Regex.Replace(path, @"\{\w+\}", match => match.Value is "{outputName}" or "{key}" ? ".+" : "[^/]+") + "$");

    public string Id => (string)operation["operationId"]!;

    public string Method => method.ToUpperInvariant();

    public string Path => path;

    public JsonObject Responses => operation["responses"]!.AsObject();

    /// <summary>The example of the request's body; null when it has none.</summary>
    public JsonNode? RequestExample => operation["requestBody"]?["content"]!["application/json"]?["example"];

    public bool Matches(HttpMethod requested, string requestedPath) =>
        (requested == HttpMethod.Head ? "GET" : requested.Method) == Method && _path.IsMatch(requestedPath);

    public void CheckRequest(string json)
    {
        var schema = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (schema is not null)
            contract.Check(schema, JsonNode.Parse(json), $"a request that {Id} accepts");
    }

    public void CheckResponse(HttpResponseMessage response, string? json)
    {
        var status = (int)response.StatusCode;
        var described = Responses[$"{status}"] ?? throw new ContractException($"{Id} has no {status} in the document: {json}");
        foreach (var (name, header) in described["headers"]?.AsObject() ?? [])
        {
            if ((bool?)header!["required"] == true && !response.Headers.Contains(name))
                throw new ContractException($"{Id} returned {status} without {name}");
        }

        if (json is null)
            return;
        var type = response.Content.Headers.ContentType!.MediaType!;
        var media = described["content"]?[type] ?? throw new ContractException($"{Id} has no {type} for {status} in the document");
        contract.Check(media["schema"]!, JsonNode.Parse(json), $"{status} of {Id}");
    }

    /// <summary>Checks every example of the operation against its schema.</summary>
    public void CheckExamples()
    {
        if (RequestExample is { } request)
            CheckRequest(request.ToJsonString());
        foreach (var (status, response) in Responses)
        {
            foreach (var (_, media) in response!["content"]?.AsObject() ?? [])
            {
                var examples = media!["examples"]?.AsObject().Select(example => example.Value!["value"]) ?? [media["example"]];
                foreach (var example in examples.OfType<JsonNode>())
                    contract.Check(media["schema"]!, example, $"an example of {status} of {Id}");
            }
        }
    }
}

/// <summary>A request or a response does not match the OpenAPI document.</summary>
public sealed class ContractException(string message) : Exception(message);
