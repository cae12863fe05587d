namespace Thumbnails.Deploy.Tests;

/// <summary>
/// Maps AWS requests to the permissions that they require, according to the Service Authorization Reference.
/// </summary>
internal static class AwsActions
{
    private const string Task = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task/${Cluster}/sample";
    private const string Definition = "arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:task-definition/${AWS::StackName}-worker:1";

    public static IEnumerable<Permission> Of(AwsCall call) =>
        (call.Operation is null ? OfStore(call) : OfEcs(call.Operation)).Select(need => new Permission(need.Action, need.Resource, $"{call.Operation} {call.Method} {call.Path}"));

    private static (string Action, string Resource)[] OfEcs(string operation) => operation switch
    {
        // RunTask passes the task's roles and sets a tag.
        "RunTask" => [("ecs:RunTask", Definition), ("ecs:TagResource", Task), ("iam:PassRole", "${TaskRole.Arn}"), ("iam:PassRole", "${ExecutionRole.Arn}")],
        "DescribeTasks" => [("ecs:DescribeTasks", Task)],
        "StopTask" => [("ecs:StopTask", Task)],
        "ListTasks" => [("ecs:ListTasks", "*")],
        _ => throw new InvalidOperationException($"The permissions for ECS's {operation} are not known. Add them to {nameof(AwsActions)}."),
    };

    private static (string Action, string Resource)[] OfStore(AwsCall call)
    {
        var key = call.Path.Split('/', 3) is [_, _, { Length: > 0 } rest] ? rest : null;
        if (key is null)
            return call.Method is "GET" or "HEAD" ? [("s3:ListBucket", "${Bucket.Arn}")] : throw Unknown(call);
        var ofUpload = call.Query.Contains("uploadId");
        string[] actions = call.Method switch
        {
            "GET" when ofUpload => ["s3:ListMultipartUploadParts"],
            // Without s3:ListBucket, S3 returns 403 instead of 404 for a missing object.
            "GET" or "HEAD" => ["s3:GetObject", "s3:ListBucket"],
            "PUT" => ["s3:PutObject"],
            "POST" when ofUpload || call.Query.Contains("uploads") => ["s3:PutObject"],
            "DELETE" => [ofUpload ? "s3:AbortMultipartUpload" : "s3:DeleteObject"],
            _ => throw Unknown(call),
        };
        return [.. actions.Select(action => (action, action == "s3:ListBucket" ? "${Bucket.Arn}" : $"${{Bucket.Arn}}/{key}"))];
    }

    private static InvalidOperationException Unknown(AwsCall call) =>
        new($"The permissions for {call.Method} {call.Path} are not known. Add them to {nameof(AwsActions)}.");
}
