using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>One statement of a role's policies.</summary>
/// <param name="Id">Its <c>Sid</c>.</param>
/// <param name="Actions">Such as <c>s3:GetObject</c>.</param>
/// <param name="Resources">Such as <c>${Bucket.Arn}/videos/*</c>.</param>
/// <param name="Condition">When it holds; null for always.</param>
internal sealed record Statement(string Id, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, JsonNode? Condition)
{
    public static Statement Of(JsonNode statement)
    {
        Assert.Equal("Allow", (string?)statement["Effect"]);
        return new Statement(
            (string)statement["Sid"]!, Template.Texts(statement["Action"]), Template.Texts(statement["Resource"]), statement[nameof(Condition)]);
    }

    public bool Allows(Permission permission) =>
        Actions.Contains(permission.Action) && Resources.Any(resource => Covers(resource, permission.Resource));

    /// <summary>Whether a resource of a statement, with its asterisks, covers one that a call names.</summary>
    public static bool Covers(string pattern, string resource) =>
        Regex.IsMatch(resource, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}

/// <summary>The permissions of a role.</summary>
internal static class Policies
{
    public static IReadOnlyList<Statement> Of(Template template, string role)
    {
        var properties = template.Properties(role);
        var documents = (properties["Policies"]?.AsArray() ?? []).Select(policy => policy!["PolicyDocument"]!);
        // Policies of the template itself. AWS's own, which are wide, would be a text here and not a reference.
        var managed = (properties["ManagedPolicyArns"]?.AsArray() ?? []).Select(arn => template.Properties((string)arn!["Ref"]!)["PolicyDocument"]!);
        return [.. documents.Concat(managed).SelectMany(document => document["Statement"]!.AsArray()).Select(statement => Statement.Of(statement!))];
    }
}
