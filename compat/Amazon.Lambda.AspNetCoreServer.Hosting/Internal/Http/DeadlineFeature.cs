using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Aborts a request shortly before Lambda stops its invocation, so that the application can still respond. Shortly after
/// that, <see cref="Expired"/> completes: the response can wait no longer.
/// </summary>
internal sealed class DeadlineFeature : IHttpRequestLifetimeFeature, IDisposable
{
    // Time to respond. A short invocation uses half of its time at most.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);

    private readonly Action<Exception> _log;

    private readonly TimeSpan _lastCall;

    private readonly ITimer? _timer;

    private volatile bool _isExpired;

    // Not disposed: the application may outlive the request with its token, and the source has no timer to release.
    private readonly CancellationTokenSource _aborted = new();

    private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeadlineFeature(TimeSpan remaining, TimeProvider clock, Action<Exception> log)
    {
        _log = log;
        RequestAborted = _aborted.Token;
        if (remaining == TimeSpan.MaxValue)
            return;

        var reserve = TimeSpan.FromTicks(Math.Max(0, Math.Min(Reserve.Ticks, remaining.Ticks / 2)));
        _lastCall = reserve * 0.75;
        _timer = clock.CreateTimer(_ => OnTime(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(remaining > reserve ? remaining - reserve : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken RequestAborted { get; set; }

    /// <summary>Whether the request was aborted because of the deadline.</summary>
    public bool IsExpired => _isExpired;

    /// <summary>Whether the application aborted the request.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>Completes when the response can wait no longer.</summary>
    public Task Expired => _expired.Task;

    public void Abort()
    {
        IsAborted = true;
        Cancel();
    }

    public void Dispose() => _timer?.Dispose();

    private void OnTime()
    {
        if (_isExpired)
        {
            _expired.TrySetResult();
            return;
        }

        _isExpired = true;
        _timer!.Change(_lastCall, Timeout.InfiniteTimeSpan);
        Cancel();
    }

    private void Cancel()
    {
        try
        {
            _aborted.Cancel();
        }
        catch (Exception exception)
        {
            // Thrown by the application's callbacks. Unhandled on a timer thread, it would end the process.
            _log(exception);
        }
    }
}
