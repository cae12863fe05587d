using Thumbnails.Core.Jobs;

namespace Thumbnails.Deploy.Tests;

/// <summary>The roles of the template against the calls that the running programs make.</summary>
public sealed class RoleTests(RecordedPrograms programs) : IClassFixture<RecordedPrograms>
{
    // AWS's own uses of a role: writing logs, keeping failed events, pulling the image.
    private static readonly Dictionary<string, Permission[]> OfAws = new()
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

    // By the service authorization reference these take no resource of ours.
    private static readonly string[] WithoutName = ["ecr:GetAuthorizationToken", "ecs:ListTasks"];

    private static readonly string[] Marks = [.. new[] { ObjectKeys.Due, ObjectKeys.StartLease, ObjectKeys.Ended, ObjectKeys.Jobs }.Select(prefix => $"${{Bucket.Arn}}/{prefix}")];

    public static TheoryData<string> Roles => [.. OfAws.Keys];

    [Theory]
    [MemberData(nameof(Roles))]
    public void No_call_lacks_its_permission(string role)
    {
        foreach (var statements in Template.LoadAll().Select(template => Policies.Of(template, role)))
            Assert.Empty(Needs(role).Where(need => !statements.Any(statement => statement.Allows(need))).Select(need => need.ToString()).Distinct());
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void No_permission_is_without_a_call(string role)
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
    public void No_action_is_a_wildcard_and_no_resource_where_AWS_takes_a_name(string role)
    {
        foreach (var statement in Template.LoadAll().SelectMany(template => Policies.Of(template, role)))
        {
            Assert.DoesNotContain(statement.Actions, action => action.Contains('*', StringComparison.Ordinal));
            if (!statement.Resources.Contains("*"))
                continue;
            Assert.Contains(Assert.Single(statement.Actions), WithoutName);
            Assert.True(statement.Condition?["ArnEquals"]?["ecs:cluster"] is not null || statement.Actions[0] != "ecs:ListTasks");
        }
    }

    [Fact]
    public void Tasks_are_started_in_our_cluster_and_roles_handed_to_tasks_only()
    {
        var statements = Policies.Of(Template.Load(), "ApiRole").ToDictionary(statement => statement.Id);
        Assert.Equal("${Cluster.Arn}", Template.Text(statements["Start"].Condition!["ArnEquals"]!["ecs:cluster"]));
        Assert.Equal("RunTask", Template.Text(statements["TagAtStart"].Condition!["StringEquals"]!["ecs:CreateAction"]));
        Assert.Equal("ecs-tasks.amazonaws.com", Template.Text(statements["PassRoles"].Condition!["StringEquals"]!["iam:PassedToService"]));
    }

    [Fact]
    public void There_are_no_other_roles()
    {
        foreach (var template in Template.LoadAll())
            Assert.Equal(OfAws.Keys.Order(), template.OfType("AWS::IAM::Role").Select(role => role.Name).Order());
    }

    private Permission[] Needs(string role) => [.. OfAws[role], .. programs.NeedsOf(role)];

    // Either function takes a job's next step, whichever is asked first: what one of them was seen to need for that, both need.
    private IEnumerable<Permission> SharedNeeds() => OfAws.Keys.SelectMany(programs.NeedsOf).Where(need =>
        need.Action.StartsWith("ecs:", StringComparison.Ordinal) || need.Action == "iam:PassRole" || Marks.Any(prefix => need.Resource.StartsWith(prefix, StringComparison.Ordinal)));

    private static Permission[] Log(string group) =>
    [
        new("logs:CreateLogStream", $"${{{group}.Arn}}", "the log"), new("logs:PutLogEvents", $"${{{group}.Arn}}", "the log"),
    ];
}
