using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// A response that is gathered and sent as a whole. It starts like one that is sent at once, when something of its body is
/// written or flushed, so that an application which works with Kestrel works alike here.
/// </summary>
internal sealed class ResponseFeature : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _onStarting = new(), _onCompleted = new();

    private readonly Stream _stream;

    private int _status = StatusCodes.Status200OK;

    public ResponseFeature()
    {
        Body = new ResponseBody(StartAsync);
        _stream = Body.AsStream(leaveOpen: true);
    }

    public ResponseBody Body { get; }

    public bool HasStarted { get; private set; }

    public int StatusCode
    {
        get => _status;
        set
        {
            RefuseWhenStarted();
            _status = value;
        }
    }

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Stream => _stream;

    public PipeWriter Writer => Body;

    // Superseded by the body's own feature.
    Stream IHttpResponseFeature.Body
    {
        get => _stream;
        set => throw new NotSupportedException($"Replace the {nameof(IHttpResponseBodyFeature)}.");
    }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        RefuseWhenStarted();
        _onStarting.Push((callback, state));
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    public void DisableBuffering()
    {
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        // A callback may write, which comes back here; it is not called again.
        while (!HasStarted && _onStarting.TryPop(out var item))
            await item.Callback(item.State);
        HasStarted = true;
        if (Headers is HeaderDictionary headers)
            headers.IsReadOnly = true;
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(_stream, path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await StartAsync();
        Body.Complete();
    }

    /// <summary>Calls back that the response is sent.</summary>
    public async Task FireCompletedAsync(Action<Exception> log)
    {
        while (_onCompleted.TryPop(out var item))
        {
            try
            {
                await item.Callback(item.State);
            }
            catch (Exception exception)
            {
                log(exception);
            }
        }
    }

    private void RefuseWhenStarted()
    {
        if (HasStarted)
            throw new InvalidOperationException("The response has started.");
    }
}
