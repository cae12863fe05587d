using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using Thumbnails.Api.Problems;

namespace Thumbnails.Api.Hosting;

/// <summary>
/// Adds a problem to the responses of Kestrel itself. A malformed request (an invalid Host, %00 in the path, headers that are too
/// long) never reaches the application, and Kestrel responds with a bare status.
/// </summary>
internal static class RejectedRequests
{
    public static void AddProblems(ListenOptions listen) => listen.Use(next => connection =>
    {
        var output = new RejectionWriter(connection.Transport.Output);
        connection.Transport = new Transport(connection.Transport.Input, output);
        connection.Features.Set(output);
        return next(connection);
    });

    /// <summary>Marks the responses of the application. Must come first.</summary>
    public static IApplicationBuilder UseRejectedRequests(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<RejectionWriter>() is { } output)
        {
            output.IsInApplication = true;
            context.Response.OnCompleted(static state =>
            {
                ((RejectionWriter)state).IsInApplication = false;
                return Task.CompletedTask;
            }, output);
        }

        return next(context);
    });

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

/// <summary>The output of a connection. Output outside a request of the application is a response of Kestrel itself.</summary>
internal sealed class RejectionWriter(PipeWriter output) : PipeWriter
{
    private static readonly int StatusAt = "HTTP/1.1 ".Length;

    private byte[] _written = [];
    private bool _isAnswered;

    public bool IsInApplication { get; set; }

    public override bool CanGetUnflushedBytes => output.CanGetUnflushedBytes;

    public override long UnflushedBytes => output.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (IsInApplication)
            return output.GetMemory(sizeHint);
        if (_written.Length < Math.Max(sizeHint, 1024))
            _written = new byte[Math.Max(sizeHint, 1024)];
        return _written;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => IsInApplication ? output.GetSpan(sizeHint) : GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (IsInApplication)
            output.Advance(bytes);
        else if (!_isAnswered)
            Write(_written.AsSpan(0, bytes));
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => output.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => output.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => output.CompleteAsync(exception);

    // Not HTTP/1: a TLS handshake, or HTTP/2 settings.
    private void Write(ReadOnlySpan<byte> written)
    {
        _isAnswered = written.StartsWith("HTTP/1."u8) && written.Length > StatusAt + 3;
        if (_isAnswered)
            output.Write(Answer(int.Parse(written.Slice(StatusAt, 3), NumberStyles.None, CultureInfo.InvariantCulture)));
        else
            output.Write(written);
    }

    private static byte[] Answer(int status)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(ProblemCatalog.Of(status), ApiJson.Default.Problem);
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\nContent-Type: {Problem.ContentType}\r\nContent-Length: {body.Length}\r\nConnection: close\r\nDate: {DateTimeOffset.UtcNow:R}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
