using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// Aborts a request shortly before Lambda ends its invocation, so that the application can still answer; and a little later
/// says that the answer cannot wait for it.
/// </summary>
internal sealed class DeadlineFeature : IHttpRequestLifetimeFeature, IDisposable
{
    // To answer in. A short invocation is split in halves.
    private static readonly TimeSpan Reserve = TimeSpan.FromMilliseconds(500);

    private readonly Action<Exception> _log;

    private readonly TimeSpan _lastCall;

    private readonly ITimer? _timer;

    private volatile bool _isPast;

    // Never disposed of: the application may hold its tokens for longer, and it has no timer.
    private readonly CancellationTokenSource _aborted = new();

    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>Whether the request was aborted because the time is up.</summary>
    public bool IsPast => _isPast;

    /// <summary>Whether the application aborted the request.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Ends when the answer cannot wait any longer.</summary>
    public Task Over => _over.Task;

    public void Abort()
    {
        IsGivenUp = true;
        Cancel();
    }

    public void Dispose() => _timer?.Dispose();

    private void OnTime()
    {
        if (_isPast)
        {
            _over.TrySetResult();
            return;
        }

        _isPast = true;
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
            // Of the application's callbacks. On a timer's thread it would end the process.
            _log(exception);
        }
    }
}
