using Amazon.ECS.Model;
using Amazon.Runtime;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Reads the answer to RunTask.</summary>
internal static class RunTaskOutcome
{
    /// <summary>Reads an answer; HTTP 200 says nothing yet.</summary>
    public static StartOutcome Of(RunTaskResponse response, DateTimeOffset now)
    {
        if (response.Tasks is [var task, ..])
            return Started(task.TaskArn, task.LastStatus, now);
        var reason = response.Failures is [var failure, ..] ? failure.Reason ?? "" : "no task and no failure";
        return IsPassing(reason) ? new StartOutcome.NoRoom(reason) : Refused(reason);
    }

    /// <summary>Reads an error, after the SDK's own retries.</summary>
    public static StartOutcome Of(Exception exception, DateTimeOffset now) => exception switch
    {
        // The same job was started with other parameters, such as another revision of the task definition: that task counts.
        ConflictException { ResourceIds: [var arn, ..] } => Started(arn, null, now),
        AmazonServiceException error when IsPassing(error) => new StartOutcome.NoRoom(error.ErrorCode ?? "no answer"),
        AmazonServiceException error => Refused(error.ErrorCode ?? "error"),
        // No connection, no answer in time, no credentials for the moment.
        _ => new StartOutcome.NoRoom(exception.GetType().Name),
    };

    private static StartOutcome.Started Started(string arn, string? status, DateTimeOffset now)
    {
        var record = new TaskRecord(arn, now, status);
        return new StartOutcome.Started(record.ToState(), record);
    }

    private static StartOutcome.Refused Refused(string reason) =>
        new(new JobError(JobErrorCode.TaskFailedToStart, $"ECS refused to start the task: {reason}."));

    private static bool IsPassing(string reason) =>
        reason.Contains("capacity is unavailable", StringComparison.OrdinalIgnoreCase)
        || reason.Contains("reached the limit", StringComparison.OrdinalIgnoreCase);

    private static bool IsPassing(AmazonServiceException error) =>
        (int)error.StatusCode is 0 or 429 or >= 500
        || error.ErrorCode is "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" or "ServerException";
}
