using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Thumbnails.Deploy.Tests;

/// <summary>
/// A CloudFormation template, with its intrinsic functions in their long form: <c>{"Ref": …}</c>, <c>{"Fn::Sub": …}</c>.
/// </summary>
internal sealed class Template(JsonObject root)
{
    public JsonObject Root => root;

    public JsonObject Resources => root[nameof(Resources)]!.AsObject();

    // The transform takes seconds, and its result is never modified.
    private static readonly Lazy<IReadOnlyList<Template>> All = new(() => [.. ReadAll()]);

    public static Template Load() => All.Value[0];

    /// <summary>Returns the template as written and, if SAM is installed, after the SAM transform.</summary>
    public static IReadOnlyList<Template> LoadAll() => All.Value;

    private static Template Read()
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Repository.Template);
        stream.Load(reader);
        return new Template(Convert(stream.Documents.Single().RootNode)!.AsObject());
    }

    private static IEnumerable<Template> ReadAll()
    {
        yield return Read();
        if (Tool.Run("python3", "-c", "import samtranslator") is not { Succeeded: true })
            yield break;
        var translated = Tool.Run("python3", Path.Combine(AppContext.BaseDirectory, "translate.py"), Repository.Template)!.Value;
        Assert.True(translated.Succeeded, translated.Errors);
        yield return new Template(JsonNode.Parse(translated.Output)!.AsObject());
    }

    public IEnumerable<(string Name, JsonObject Properties)> OfType(params string[] types) =>
        from resource in Resources
        where types.Contains((string?)resource.Value!["Type"])
        select (resource.Key, resource.Value["Properties"]!.AsObject());

    public JsonObject Properties(string resource) => Resources[resource]!["Properties"]!.AsObject();

    /// <summary>Converts a value that may be an intrinsic function to text, such as <c>${Bucket.Arn}/videos/*</c>.</summary>
    public static string Text(JsonNode? node) => node switch
    {
        JsonValue value => value.ToString(),
        JsonObject { Count: 1 } function when function["Ref"] is { } name => $"${{{name}}}",
        JsonObject { Count: 1 } function when function["Fn::Sub"] is JsonValue text => text.ToString(),
        JsonObject { Count: 1 } function when function["Fn::GetAtt"] is JsonArray path => $"${{{string.Join('.', path)}}}",
        _ => throw new FormatException($"Not a text: {node?.ToJsonString()}"),
    };

    /// <summary>Converts one or several values to text.</summary>
    public static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray list ? [.. list.Select(Text)] : [Text(node)];

    /// <summary>Returns all objects in the template, including nested ones.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => Objects(member.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static JsonNode? Convert(YamlNode node)
    {
        JsonNode? content = node switch
        {
            YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => throw new FormatException(node.ToString()),
        };
        return node.Tag.IsEmpty || !node.Tag.Value.StartsWith('!') ? content : Function(node.Tag.Value[1..], content);
    }

    private static JsonObject Function(string name, JsonNode? argument) => name switch
    {
        "Ref" or "Condition" => new JsonObject { [name] = argument },
        "GetAtt" => new JsonObject { ["Fn::GetAtt"] = new JsonArray([.. argument!.ToString().Split('.', 2).Select(part => JsonValue.Create(part))]) },
        _ => new JsonObject { [$"Fn::{name}"] = argument },
    };
}
