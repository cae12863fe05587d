using System.Buffers;
using System.IO.Pipelines;

namespace Amazon.Lambda.Internal.Http;

/// <summary>Buffers a response body. Flushing it starts the response. A body above Lambda's limit is discarded.</summary>
internal sealed class ResponseBody(Func<CancellationToken, Task> start) : PipeWriter
{
    /// <summary>The maximum size of a serialized response, in bytes.</summary>
    public const int MaxResponse = 6_291_556;

    private ArrayBufferWriter<byte>? _buffer;

    private long _dropped;

    private bool _isComplete;

    public ReadOnlyMemory<byte> Written => _buffer?.WrittenMemory ?? default;

    public bool IsTooLarge => _dropped > 0;

    public override bool CanGetUnflushedBytes => true;

    // A flush has nothing to wait for: the body is buffered until the end.
    public override long UnflushedBytes => 0;

    public override Memory<byte> GetMemory(int sizeHint = 0) => Buffer().GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => Buffer().GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        Buffer().Advance(bytes);
        if (Written.Length <= MaxResponse && !IsTooLarge)
            return;
        _dropped += Written.Length;
        _buffer = null;
    }

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await start(cancellationToken);
        return new FlushResult(isCanceled: false, isCompleted: IsTooLarge);
    }

    public override void Complete(Exception? exception = null) => _isComplete = true;

    public override void CancelPendingFlush()
    {
    }

    private ArrayBufferWriter<byte> Buffer()
    {
        if (_isComplete)
            throw new InvalidOperationException("The response is complete.");
        return _buffer ??= new ArrayBufferWriter<byte>();
    }
}
