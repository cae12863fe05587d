using Amazon.ECS.Model;
using Amazon.Runtime;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Interprets the response to RunTask.</summary>
internal static class RunTaskOutcome
{
    /// <summary>Interprets a response, which may report failures with HTTP 200.</summary>
    public static StartOutcome Of(RunTaskResponse response, DateTimeOffset now)
    {
        if (response.Tasks is [var task, ..])
            return Started(task.TaskArn, task.LastStatus, now);
        var reason = response.Failures is [var failure, ..] ? failure.Reason ?? "" : "the response has neither a task nor a failure";
        return IsPassing(reason) ? new StartOutcome.NoRoom(reason) : Refused(reason);
    }

    /// <summary>Interprets an exception that remains after the SDK's own retries.</summary>
    public static StartOutcome Of(Exception exception, DateTimeOffset now) => exception switch
    {
        // The same attempt was started with other parameters, such as another revision of the task definition. That task counts.
        ConflictException { ResourceIds: [var arn, ..] } => Started(arn, null, now),
        AmazonServiceException error when IsPassing(error) => new StartOutcome.NoRoom(error.ErrorCode ?? "no response"),
        InvalidParameterException error when IsWithoutRole(error) => new StartOutcome.NoRoom(error.Message),
        AmazonServiceException error => Refused(error.ErrorCode ?? "error"),
        // No connection, no response in time, or no credentials at the moment.
        _ => new StartOutcome.NoRoom(exception.GetType().Name),
    };

    private static StartOutcome.Started Started(string arn, string? status, DateTimeOffset now)
    {
        var record = new TaskRecord(arn, now, status);
        return new StartOutcome.Started(record.ToState(), record);
    }

    private static StartOutcome.Refused Refused(string reason) =>
        new(new JobError(JobErrorCode.TaskFailedToStart, $"ECS rejected the task: {reason}. Check the Fargate settings."));

    private static bool IsPassing(string reason) =>
        reason.Contains("capacity is unavailable", StringComparison.OrdinalIgnoreCase)
        || reason.Contains("reached the limit", StringComparison.OrdinalIgnoreCase);

    // The first task in an account creates ECS's own role (AWSServiceRoleForECS), and fails until IAM has distributed it.
    private static bool IsWithoutRole(InvalidParameterException error) => error.Message.Contains("service linked role", StringComparison.OrdinalIgnoreCase);

    private static bool IsPassing(AmazonServiceException error) =>
        (int)error.StatusCode is 0 or 429 or >= 500
        || error.ErrorCode is "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" or "ServerException";
}
