using Amazon.Lambda.Core;

namespace Amazon.Lambda.Internal.Runtime;

internal sealed class LambdaContext(LambdaEnvironment environment, TimeProvider clock) : ILambdaContext
{
    public required string AwsRequestId { get; init; }

    public required string InvokedFunctionArn { get; init; }

    public required string TraceId { get; init; }

    /// <summary>The time when Lambda stops the invocation; null if Lambda did not send it.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    public string FunctionName => environment.FunctionName;

    public string FunctionVersion => environment.FunctionVersion;

    public string LogGroupName => environment.LogGroupName;

    public string LogStreamName => environment.LogStreamName;

    public int MemoryLimitInMB => environment.MemoryLimitInMB;

    public TimeSpan RemainingTime => Deadline is { } deadline ? deadline - clock.GetUtcNow() : TimeSpan.MaxValue;
}
