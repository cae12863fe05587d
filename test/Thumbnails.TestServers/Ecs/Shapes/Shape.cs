using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Thumbnails.TestServers.Ecs.Shapes;

/// <summary>The constraints on a value of a request, in the notation of AWS's service models.</summary>
internal sealed record Shape(string Type)
{
    public IReadOnlyList<string> Enum { get; init; } = [];

    public int? Min { get; init; }

    public int? Max { get; init; }

    public string? Pattern { get; init; }

    public Shape? Member { get; init; }

    public IReadOnlyDictionary<string, Shape> Members { get; init; } = new Dictionary<string, Shape>();

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <exception cref="EcsError">The value is not of this shape.</exception>
    public void Check(JsonElement value, string path)
    {
        switch (Type)
        {
            case "structure" when value.ValueKind is JsonValueKind.Object:
                CheckMembers(value, path);
                break;
            case "list" when value.ValueKind is JsonValueKind.Array:
                CheckSize(value.GetArrayLength(), $"The number of {path}");
                foreach (var item in value.EnumerateArray())
                    Member!.Check(item, path);
                break;
            case "string" when value.ValueKind is JsonValueKind.String:
                CheckText(value.GetString()!, path);
                break;
            case "integer" when value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number):
                CheckSize(number, path);
                break;
            case "boolean" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                break;
            default:
                throw EcsError.Serialization($"{path} must be a {Type}, not {value.ValueKind}.");
        }
    }

    /// <summary>Returns the shape in the form that the tests derive from botocore's model.</summary>
    public JsonObject Describe()
    {
        var json = new JsonObject { ["type"] = Type };
        if (Enum.Count > 0)
            json["enum"] = Names(Enum);
        if (Min is not null)
            json["min"] = Min;
        if (Max is not null)
            json["max"] = Max;
        if (Pattern is not null)
            json["pattern"] = Pattern;
        if (Member is not null)
            json["member"] = Member.Describe();
        if (Type == "structure")
        {
            json["required"] = Names(Required);
            json["members"] = new JsonObject(
                Members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value.Describe())));
        }

        return json;
    }

    private static JsonArray Names(IEnumerable<string> names) =>
        new([.. names.Order(StringComparer.Ordinal).Select(name => JsonValue.Create(name))]);

    private void CheckMembers(JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            // Stricter than AWS, which ignores unknown members and so hides misspelled names.
            if (!Members.TryGetValue(member.Name, out var shape))
                throw EcsError.Serialization($"{path} has no member {member.Name}.");
            shape.Check(member.Value, member.Name);
        }

        foreach (var name in Required)
        {
            if (!value.TryGetProperty(name, out _))
                throw EcsError.InvalidParameter($"{name} must be given.");
        }
    }

    private void CheckText(string text, string path)
    {
        if (Min is not null || Max is not null)
            CheckSize(text.EnumerateRunes().Count(), $"The length of {path}");
        if (Enum.Count > 0 && !Enum.Contains(text))
            throw EcsError.InvalidParameter($"{path} must be one of {string.Join(", ", Enum)}.");
        if (Pattern is not null && !Regex.IsMatch(text, $@"\A{Pattern}\z"))
            throw EcsError.InvalidParameter($"{path} must be made of {Pattern}.");
    }

    private void CheckSize(int size, string what)
    {
        if (size < Min || size > Max)
            throw EcsError.InvalidParameter($"{what} must be from {Min} to {Max}.");
    }
}
