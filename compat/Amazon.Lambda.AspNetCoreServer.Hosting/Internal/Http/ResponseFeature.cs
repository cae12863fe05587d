using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Amazon.Lambda.Internal.Http;

/// <summary>
/// A buffered response. As with Kestrel, it starts at the first write or flush of its body, so that applications behave the
/// same.
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
            ThrowIfStarted();
            _status = value;
        }
    }

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Stream => _stream;

    public PipeWriter Writer => Body;

    // Superseded by IHttpResponseBodyFeature.
    Stream IHttpResponseFeature.Body
    {
        get => _stream;
        set => throw new NotSupportedException($"Replace the {nameof(IHttpResponseBodyFeature)}.");
    }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        ThrowIfStarted();
        _onStarting.Push((callback, state));
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _onCompleted.Push((callback, state));

    public void DisableBuffering()
    {
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        // A callback that writes to the body re-enters this method; each callback runs once.
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

    /// <summary>Runs the callbacks registered for the end of the response.</summary>
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

    private void ThrowIfStarted()
    {
        if (HasStarted)
            throw new InvalidOperationException("The response has started.");
    }
}
