using System.Text.Json.Nodes;

namespace Thumbnails.Deploy.Tests;

/// <summary>Compares deploy/README.md with the template.</summary>
public sealed class ReadmeTests
{
    // In order of replacement: names that contain others come first.
    private static readonly (string InTemplate, string InReadme)[] Names =
    [
        ("${Bucket.Arn}", "arn:aws:s3:::BUCKET"),
        ("${Cluster.Arn}", "arn:aws:ecs:REGION:ACCOUNT:cluster/CLUSTER"),
        ("${Cluster}", "CLUSTER"),
        ("${AWS::StackName}-worker", "FAMILY"),
        ("${TaskRole.Arn}", "arn:aws:iam::ACCOUNT:role/TASK-ROLE"),
        ("${ExecutionRole.Arn}", "arn:aws:iam::ACCOUNT:role/EXECUTION-ROLE"),
        ("${ApiLogs.Arn}", "arn:aws:logs:REGION:ACCOUNT:log-group:API-LOG:*"),
        ("${EventsLogs.Arn}", "arn:aws:logs:REGION:ACCOUNT:log-group:EVENTS-LOG:*"),
        ("${WorkerLogs.Arn}", "arn:aws:logs:REGION:ACCOUNT:log-group:WORKER-LOG:*"),
        ("${UndeliveredEvents.Arn}", "arn:aws:sqs:REGION:ACCOUNT:QUEUE"),
        ("${WorkerRepository}", "REPOSITORY"),
        ("${AWS::Partition}", "aws"),
        ("${AWS::Region}", "REGION"),
        ("${AWS::AccountId}", "ACCOUNT"),
    ];

    private static readonly string Readme = File.ReadAllText(Repository.PathOf("deploy/README.md"));

    [Theory]
    [InlineData("ApiRole", "### The API")]
    [InlineData("EventsRole", "### The events function")]
    [InlineData("TaskRole", "### The worker")]
    [InlineData("ExecutionRole", "### Fargate's agent")]
    public void The_README_shows_the_policies_of_the_template_with_reasons(string role, string heading)
    {
        var section = Readme[Readme.IndexOf(heading, StringComparison.Ordinal)..];
        var shown = JsonNode.Parse(section.Split("```json")[1].Split("```")[0])!["Statement"]!.AsArray().Select(statement => Statement.Of(statement!));
        var expected = Policies.Of(Template.Load(), role).ToList();
        Assert.Equal(expected.Select(Describe), shown.Select(Describe));
        Assert.All(expected, statement => Assert.Contains($"| `{statement.Id}` | ", section.Split("\n#")[0], StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_explains_every_parameter()
    {
        var table = Readme[Readme.IndexOf("## Parameters", StringComparison.Ordinal)..];
        Assert.All(Template.Load().Root["Parameters"]!.AsObject(), parameter => Assert.Contains($"`{parameter.Key}`", table, StringComparison.Ordinal));
    }

    [Fact]
    public void The_Makefile_runs_the_deployment_scripts()
    {
        var makefile = File.ReadAllText(Repository.PathOf("Makefile"));
        foreach (var name in new[] { "deploy", "destroy" })
        {
            Assert.Contains($"\n{name}: ## ", makefile, StringComparison.Ordinal);
            Assert.Contains($"@deploy/{name}.sh", makefile, StringComparison.Ordinal);
            Assert.True(File.GetUnixFileMode(Repository.PathOf($"deploy/{name}.sh")).HasFlag(UnixFileMode.UserExecute));
        }
    }

    private static string Describe(Statement statement) =>
        $"{statement.Id}: {Join(statement.Actions)} on {Join(statement.Resources)} when {ConditionOf(statement)}";

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(Named));

    private static string ConditionOf(Statement statement) => statement.Condition is not { } condition ? "always" : string.Join(
        ", ", condition.AsObject().SelectMany(test => test.Value!.AsObject().Select(pair => $"{test.Key} {pair.Key} {Named(Template.Text(pair.Value))}")));

    private static string Named(string text) => Names.Aggregate(text, (named, name) => named.Replace(name.InTemplate, name.InReadme, StringComparison.Ordinal));
}
