using System.Text;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Frames;

/// <summary>
/// A run of ffmpeg that opens the video while it is still being probed, which takes as long. It then waits for its filters on
/// standard input. Its result counts only if the probe leads to the same arguments.
/// </summary>
internal sealed class EarlyRun : IAsyncDisposable
{
    // A damaged file can produce any number of lines.
    private const int MaxEarlyLines = 1000;

    private readonly IReadOnlyList<string> _arguments;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource<string> _filters = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<string> _earlyLines = [];
    private readonly Task<MediaExit> _run;
    private Func<string, bool>? _takeLine;
    private bool _isTaken;

    /// <param name="tools">The paths of ffmpeg and ffprobe.</param>
    /// <param name="arguments">The arguments, which have ffmpeg read its filters from standard input.</param>
    /// <param name="maxOutput">The maximum number of bytes of output.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    public EarlyRun(MediaTools tools, IReadOnlyList<string> arguments, int maxOutput, CancellationToken cancellationToken)
    {
        _arguments = arguments;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _run = MediaProcess.RunAsync(tools.Ffmpeg, arguments, WriteFiltersAsync, maxOutput, TakeLine, _stop.Token);
    }

    /// <summary>Takes the run if it has these arguments and has not been taken yet. Otherwise stops it.</summary>
    public bool TryTake(IReadOnlyList<string> arguments)
    {
        lock (_lock)
        {
            if (_isTaken)
                return false;
            _isTaken = true;
            if (_earlyLines.Count < MaxEarlyLines && _arguments.SequenceEqual(arguments))
                return true;
        }

        Stop();
        return false;
    }

    /// <summary>Sends the filters and waits for the picture.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="takeLine">Consumes the lines of standard error that are not errors, from the first line on.</param>
    /// <param name="cancellationToken">Stops ffmpeg.</param>
    /// <exception cref="MediaOutputTooLargeException">The picture is too large.</exception>
    public async Task<MediaExit> FinishAsync(string filters, Func<string, bool> takeLine, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var line in _earlyLines)
                takeLine(line);
            _takeLine = takeLine;
        }

        using var stopping = cancellationToken.Register(Stop);
        _filters.TrySetResult(filters);
        return await _run;
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Stop()
    {
        _stop.Cancel();
        // While it waits for its filters, ffmpeg does not react to an interrupt.
        _filters.TrySetResult("");
    }

    private async Task WriteFiltersAsync(Stream stream, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(await _filters.Task.WaitAsync(cancellationToken)), cancellationToken);

    private bool TakeLine(string line)
    {
        lock (_lock)
        {
            if (_takeLine is { } take)
                return take(line);
            if (_earlyLines.Count < MaxEarlyLines)
                _earlyLines.Add(line);
            return false;
        }
    }
}
