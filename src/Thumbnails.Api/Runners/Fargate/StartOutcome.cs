using Amazon.ECS.Model;
using Amazon.Runtime;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>What became of RunTask.</summary>
internal abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>There is a task.</summary>
    internal sealed record Started(string Arn) : StartOutcome;

    /// <summary>Not now: throttled, no capacity, at the limit, or nobody knows. The same request may be made later.</summary>
    internal sealed record NoRoom(string Reason) : StartOutcome;

    /// <summary>Never: the request itself is wrong.</summary>
    internal sealed record Refused(string Reason) : StartOutcome;

    /// <summary>Reads an answer; HTTP 200 says nothing yet.</summary>
    public static StartOutcome Of(RunTaskResponse response)
    {
        if (response.Tasks is [var task, ..])
            return new Started(task.TaskArn);
        var reason = response.Failures is [var failure, ..] ? failure.Reason ?? "" : "no task and no failure";
        return IsPassing(reason) ? new NoRoom(reason) : new Refused(reason);
    }

    /// <summary>Reads an error, after the SDK's own retries.</summary>
    public static StartOutcome Of(Exception exception) => exception switch
    {
        // The same job was started with other parameters, such as another revision of the task definition: that task counts.
        ConflictException { ResourceIds: [var arn, ..] } => new Started(arn),
        AmazonServiceException error when IsPassing(error) => new NoRoom(error.ErrorCode ?? "no answer"),
        AmazonServiceException error => new Refused(error.ErrorCode ?? "error"),
        // No connection, no answer in time, no credentials for the moment.
        _ => new NoRoom(exception.GetType().Name),
    };

    private static bool IsPassing(string reason) =>
        reason.Contains("capacity is unavailable", StringComparison.OrdinalIgnoreCase)
        || reason.Contains("reached the limit", StringComparison.OrdinalIgnoreCase);

    private static bool IsPassing(AmazonServiceException error) =>
        (int)error.StatusCode is 0 or 429 or >= 500
        || error.ErrorCode is "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" or "ServerException";
}
