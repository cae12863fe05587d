namespace Thumbnails.TestServers.Ecs.Shapes;

internal static class ShapeSyntax
{
    public static Shape Text { get; } = new("string");

    public static Shape Whole { get; } = new("integer");

    public static Shape Flag { get; } = new("boolean");

    public static Shape OneOf(params string[] values) => Text with { Enum = values };

    public static Shape ListOf(Shape member) => new("list") { Member = member };

    public static Shape Structure(string[] required, params (string Name, Shape Shape)[] members) => new("structure")
    {
        Required = required,
        Members = members.ToDictionary(member => member.Name, member => member.Shape),
    };
}
