using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>The calls of ECS in the programs' source.</summary>
internal static partial class EcsCalls
{
    private const string Tasks = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/${Cluster}/sample";
    private const string Definition = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task-definition/${AWS::StackName}-worker:1";

    private static readonly Dictionary<string, (string Action, string Resource)[]> ActionsOf = new()
    {
        // The task gets its roles from whoever runs it. RunTaskRequests tags the task.
        ["RunTask"] =
        [
            ("ecs:RunTask", Definition), ("ecs:TagResource", Tasks), ("iam:PassRole", "${TaskRole.Arn}"), ("iam:PassRole", "${ExecutionRole.Arn}"),
        ],
        ["DescribeTasks"] = [("ecs:DescribeTasks", Tasks)],
        ["StopTask"] = [("ecs:StopTask", Tasks)],
        ["ListTasks"] = [("ecs:ListTasks", "*")],
    };

    public static IEnumerable<Permission> In(SourceFile file) =>
        from Match call in Call().Matches(file.Text)
        let operation = call.Groups["operation"].Value
        let actions = ActionsOf.TryGetValue(operation, out var found) ? found : throw new InvalidOperationException(
            $"{file.Path} calls ECS's {operation}, of which this test does not know what it needs: add it to {nameof(EcsCalls)}.")
        from action in actions
        select new Permission(action.Action, action.Resource, $"{operation} in {file.Path}");

    [GeneratedRegex(@"\becs\.(?<operation>\w+)Async\(")]
    private static partial Regex Call();
}
