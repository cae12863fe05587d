namespace Thumbnails.TestServers.Lambda.Wire;

/// <summary>An invocation without a response so far.</summary>
internal sealed class PendingInvocation(byte[] payload, LambdaInvocation options) : IDisposable
{
    private ITimer? _timer;

    public string RequestId { get; } = Guid.NewGuid().ToString();

    /// <summary>Unlike the request id, it is not the same for a retry.</summary>
    public string InvocationId { get; } = Guid.NewGuid().ToString();

    public byte[] Payload => payload;

    public LambdaInvocation Options => options;

    public DateTimeOffset Deadline { get; private set; }

    public TaskCompletionSource<LambdaOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Begin(TimeProvider clock, Action<PendingInvocation> onTimeout)
    {
        Deadline = clock.GetUtcNow() + options.Timeout;
        _timer = clock.CreateTimer(_ => onTimeout(this), null, options.Timeout, Timeout.InfiniteTimeSpan);
    }

    public void End(string payload, LambdaFunctionError? error)
    {
        Dispose();
        Outcome.TrySetResult(new LambdaOutcome(RequestId, payload, error));
    }

    public void Dispose() => _timer?.Dispose();
}
