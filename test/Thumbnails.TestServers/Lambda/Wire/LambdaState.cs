using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;

namespace Thumbnails.TestServers.Lambda.Wire;

/// <summary>The state of an execution environment.</summary>
internal sealed class LambdaState(TimeProvider clock, bool snapStart)
{
    private const int Remembered = 1000;

    private readonly Lock _gate = new();

    private readonly Queue<string> _ended = new();

    private PendingInvocation? _current;

    private bool _isAsking, _hasAsked, _isRestored = !snapStart;

    public bool IsSnapStart => snapStart;

    public Channel<PendingInvocation> Queue { get; } = Channel.CreateUnbounded<PendingInvocation>();

    public ConcurrentQueue<string> Violations { get; } = new();

    public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Restored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<LambdaFunctionError> InitError { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for the next invocation and starts it.</summary>
    public async Task<PendingInvocation> NextAsync(CancellationToken gone)
    {
        BeginAsking();
        try
        {
            var next = await Queue.Reader.ReadAsync(gone);
            lock (_gate)
                _current = next;
            next.Begin(clock, TimeOut);
            return next;
        }
        catch (OperationCanceledException)
        {
            Gone.TrySetResult();
            throw;
        }
        finally
        {
            lock (_gate)
                _isAsking = false;
        }
    }

    public async Task RestoreAsync(CancellationToken gone)
    {
        Require(!_isRestored && !_hasAsked, "restore/next must be requested once, first, and only with SnapStart");
        await Restored.Task.WaitAsync(gone);
        _isRestored = true;
    }

    /// <summary>Removes and returns the pending invocation with this id; null when there is none.</summary>
    public PendingInvocation? TakeForAnswer(string requestId)
    {
        lock (_gate)
        {
            if (_current?.RequestId != requestId)
            {
                Violate(_ended.Contains(requestId) ? $"invocation {requestId} had ended" : $"invocation {requestId} does not exist");
                return null;
            }

            var taken = _current;
            End();
            Require(clock.GetUtcNow() <= taken.Deadline, $"the response to {requestId} came after the deadline");
            return taken;
        }
    }

    public bool FailInitialization(LambdaFunctionError error)
    {
        Require(!_hasAsked, "init/error must come before the first invocation");
        var isFirst = InitError.TrySetResult(error);
        Require(isFirst, "init/error came twice");
        return isFirst && !_hasAsked;
    }

    public void Require(bool condition, string violation)
    {
        if (!condition)
            Violate(violation);
    }

    public void Violate(string violation) => Violations.Enqueue(violation);

    private void BeginAsking()
    {
        lock (_gate)
        {
            Require(!_isAsking, "the next invocation was requested twice concurrently");
            Require(_current is null, "the next invocation was requested before the response to the last");
            Require(_isRestored, "restore/next was not requested");
            (_isAsking, _hasAsked) = (true, true);
        }

        Ready.TrySetResult();
    }

    // Lambda would end the process.
    private void TimeOut(PendingInvocation invocation)
    {
        lock (_gate)
        {
            if (_current != invocation)
                return;
            End();
        }

        var message = string.Create(
            CultureInfo.InvariantCulture, $"Task timed out after {invocation.Options.Timeout.TotalSeconds:F2} seconds");
        invocation.End("", new LambdaFunctionError("Sandbox.Timedout", message, []));
    }

    private void End()
    {
        _ended.Enqueue(_current!.RequestId);
        if (_ended.Count > Remembered)
            _ended.Dequeue();
        _current = null;
    }
}
