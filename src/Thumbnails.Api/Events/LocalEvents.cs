using System.Threading.Channels;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>
/// Tells of the same events that S3 would, where AWS does not: the file store puts a video in place, a job of this process
/// ends. What is lost with the process, or fails, is made up for by the schedule, and by whoever asks for the job.
/// </summary>
internal sealed partial class LocalEvents : BackgroundService
{
    private const int AtOnce = 16;

    private readonly Lazy<EventDispatcher> _dispatcher;
    private readonly ILogger<LocalEvents> _logger;
    private readonly Channel<ServiceEvent> _events = Channel.CreateUnbounded<ServiceEvent>();

    // Of a bucket this process hears nothing.
    public LocalEvents(Lazy<EventDispatcher> dispatcher, JobCompletions completions, ILogger<LocalEvents> logger, FileObjectStore? files = null)
    {
        (_dispatcher, _logger) = (dispatcher, logger);
        completions.Ended += id => Tell(ObjectKeys.Result(id));
        if (files is not null)
            files.Created += TellOfVideo;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _events.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        DispatchAsync);

    // Results are told of when their jobs end, and nothing acts on anything else.
    private void TellOfVideo(ObjectKey key)
    {
        if (ObjectKeys.AwaiterOf(key.ToString()) is not null)
            Tell(key);
    }

    private void Tell(ObjectKey key) => _events.Writer.TryWrite(new ServiceEvent.ObjectCreated(null, key.ToString()));

    private async ValueTask DispatchAsync(ServiceEvent received, CancellationToken cancellationToken)
    {
        try
        {
            await _dispatcher.Value.DispatchAsync(received, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, received);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Event} could not be dealt with")]
    private partial void LogFailed(Exception exception, ServiceEvent @event);
}
