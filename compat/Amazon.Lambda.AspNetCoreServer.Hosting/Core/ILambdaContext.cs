namespace Amazon.Lambda.Core;

/// <summary>
/// What Lambda tells of an invocation and of the function.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/csharp-context.html">Reference</see>
/// </summary>
public interface ILambdaContext
{
    /// <summary>The invocation's id, which its retries have too.</summary>
    string AwsRequestId { get; }

    /// <summary>The function's name.</summary>
    string FunctionName { get; }

    /// <summary>The function's version.</summary>
    string FunctionVersion { get; }

    /// <summary>The ARN that was invoked: a function's, a version's or an alias's.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>The group of the function's logs.</summary>
    string LogGroupName { get; }

    /// <summary>The stream of this environment's logs.</summary>
    string LogStreamName { get; }

    /// <summary>How much memory the function may use, in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>The time that is left until Lambda ends the invocation; negative when it should have.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The X-Ray tracing header: <c>Root=1-…;Parent=…;Sampled=…</c>; empty when there is none.</summary>
    string TraceId { get; }
}
