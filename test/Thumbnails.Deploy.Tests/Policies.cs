using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>A statement of a role's policies.</summary>
/// <param name="Id">The <c>Sid</c>.</param>
/// <param name="Actions">The actions, such as <c>s3:GetObject</c>.</param>
/// <param name="Resources">The resources, such as <c>${Bucket.Arn}/videos/*</c>.</param>
/// <param name="Condition">The condition; null if the statement always applies.</param>
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

    /// <summary>Returns whether a statement's resource, which may contain wildcards, covers the resource of a call.</summary>
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
        // Only the template's own policies are references; AWS managed policies, which are broad, would be strings.
        var managed = (properties["ManagedPolicyArns"]?.AsArray() ?? []).Select(arn => template.Properties((string)arn!["Ref"]!)["PolicyDocument"]!);
        return [.. documents.Concat(managed).SelectMany(document => document["Statement"]!.AsArray()).Select(statement => Statement.Of(statement!))];
    }
}
