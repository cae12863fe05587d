namespace Amazon.Lambda.Core;

/// <summary>
/// Information about the invocation and the function.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/csharp-context.html">Reference</see>
/// </summary>
public interface ILambdaContext
{
    /// <summary>The ID of the invocation. Retries of the invocation have the same ID.</summary>
    string AwsRequestId { get; }

    /// <summary>The name of the function.</summary>
    string FunctionName { get; }

    /// <summary>The version of the function.</summary>
    string FunctionVersion { get; }

    /// <summary>The ARN that was invoked: of the function, a version or an alias.</summary>
    string InvokedFunctionArn { get; }

    /// <summary>The log group of the function.</summary>
    string LogGroupName { get; }

    /// <summary>The log stream of this execution environment.</summary>
    string LogStreamName { get; }

    /// <summary>The memory limit of the function, in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>The time left until Lambda stops the invocation; negative after the deadline.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The X-Ray tracing header: <c>Root=1-…;Parent=…;Sampled=…</c>. Empty if the invocation is not traced.</summary>
    string TraceId { get; }
}
