using Thumbnails.Core.Jobs;

namespace Thumbnails.Deploy.Tests;

/// <summary>Compares the roles in the template with the calls of the running programs.</summary>
public sealed class RoleTests(RecordedPrograms programs) : IClassFixture<RecordedPrograms>
{
    // What AWS itself uses a role for: writing logs, storing failed events, pulling the image.
    private static readonly Dictionary<string, Permission[]> AwsNeeds = new()
    {
        ["ApiRole"] = Log("ApiLogs"),
        ["EventsRole"] = [.. Log("EventsLogs"), new("sqs:SendMessage", "${UndeliveredEvents.Arn}", "OnFailure of EventsFunction")],
        ["ExecutionRole"] =
        [
            .. Log("WorkerLogs"),
            new("ecr:GetAuthorizationToken", "*", "the pull of the image"),
            .. new[] { "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" }.Select(action => new Permission(
                action, "arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/${WorkerRepository}", "the pull of the image")),
        ],
        ["TaskRole"] = [],
    };

    // According to the Service Authorization Reference, these actions do not support resource names.
    private static readonly string[] UnnamedActions = ["ecr:GetAuthorizationToken", "ecs:ListTasks"];

    private static readonly string[] SharedPrefixes = [.. new[] { ObjectKeys.Due, ObjectKeys.StartLease, ObjectKeys.Ended, ObjectKeys.Jobs }.Select(prefix => $"${{Bucket.Arn}}/{prefix}")];

    public static TheoryData<string> Roles => [.. AwsNeeds.Keys];

    [Theory]
    [MemberData(nameof(Roles))]
    public void Every_call_has_its_permission(string role)
    {
        foreach (var statements in Template.LoadAll().Select(template => Policies.Of(template, role)))
            Assert.Empty(Needs(role).Where(need => !statements.Any(statement => statement.Allows(need))).Select(need => need.ToString()).Distinct());
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Every_permission_is_needed_by_a_call(string role)
    {
        Permission[] needs = [.. Needs(role), .. SharedNeeds()];
        var unused =
            from template in Template.LoadAll()
            from statement in Policies.Of(template, role)
            from action in statement.Actions
            from resource in statement.Resources
            where !Array.Exists(needs, need => need.Action == action && Statement.Covers(resource, need.Resource))
            select $"{statement.Id}: {action} on {resource}";
        Assert.Empty(unused.Distinct());
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void No_action_is_a_wildcard_and_resources_are_named_where_possible(string role)
    {
        foreach (var statement in Template.LoadAll().SelectMany(template => Policies.Of(template, role)))
        {
            Assert.DoesNotContain(statement.Actions, action => action.Contains('*', StringComparison.Ordinal));
            if (!statement.Resources.Contains("*"))
                continue;
            Assert.Contains(Assert.Single(statement.Actions), UnnamedActions);
            Assert.True(statement.Condition?["ArnEquals"]?["ecs:cluster"] is not null || statement.Actions[0] != "ecs:ListTasks");
        }
    }

    [Fact]
    public void The_API_starts_tasks_in_its_cluster_only_and_passes_roles_to_tasks_only()
    {
        var statements = Policies.Of(Template.Load(), "ApiRole").ToDictionary(statement => statement.Id);
        Assert.Equal("${Cluster.Arn}", Template.Text(statements["Start"].Condition!["ArnEquals"]!["ecs:cluster"]));
        Assert.Equal("RunTask", Template.Text(statements["TagAtStart"].Condition!["StringEquals"]!["ecs:CreateAction"]));
        Assert.Equal("ecs-tasks.amazonaws.com", Template.Text(statements["PassRoles"].Condition!["StringEquals"]!["iam:PassedToService"]));
    }

    [Fact]
    public void The_template_has_no_other_roles()
    {
        foreach (var template in Template.LoadAll())
            Assert.Equal(AwsNeeds.Keys.Order(), template.OfType("AWS::IAM::Role").Select(role => role.Name).Order());
    }

    private Permission[] Needs(string role) => [.. AwsNeeds[role], .. programs.NeedsOf(role)];

    // Either function can advance a job, so both need what either was seen to need for that.
    private IEnumerable<Permission> SharedNeeds() => AwsNeeds.Keys.SelectMany(programs.NeedsOf).Where(need =>
        need.Action.StartsWith("ecs:", StringComparison.Ordinal) || need.Action == "iam:PassRole" || SharedPrefixes.Any(prefix => need.Resource.StartsWith(prefix, StringComparison.Ordinal)));

    private static Permission[] Log(string group) =>
    [
        new("logs:CreateLogStream", $"${{{group}.Arn}}", "the log"), new("logs:PutLogEvents", $"${{{group}.Arn}}", "the log"),
    ];
}
