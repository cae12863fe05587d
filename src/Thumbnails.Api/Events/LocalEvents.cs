using System.Threading.Channels;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners.Local;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>
/// The events on a single machine: a video was stored in the file store, a worker of this process has ended, or a request left
/// something to do. A lost event only causes a delay, because the clock looks at every job.
/// </summary>
internal sealed partial class LocalEvents : BackgroundService
{
    private const int AtOnce = 16;

    private readonly JobReconciler _reconciler;
    private readonly WaitingJobs _waiting;
    private readonly EndedJobLog _endedJobs;
    private readonly ILogger<LocalEvents> _logger;
    private readonly Channel<(JobId Id, bool MadeRoom)> _events = Channel.CreateUnbounded<(JobId, bool)>();

    // A bucket sends no events to this process.
    public LocalEvents(
        JobReconciler reconciler, WaitingJobs waiting, EndedJobLog endedJobs, ILogger<LocalEvents> logger, FileObjectStore? files = null,
        LocalTaskRunner? runner = null)
    {
        (_reconciler, _waiting, _endedJobs, _logger) = (reconciler, waiting, endedJobs, logger);
        reconciler.Left += id => Enqueue(id, madeRoom: false);
        if (files is not null)
            files.Created += OnCreated;
        if (runner is not null)
            runner.Ended += id => Enqueue(id, madeRoom: true);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _events.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (@event, token) => await HandleAsync(@event.Id, @event.MadeRoom, token));

    private void OnCreated(ObjectKey key)
    {
        if (ObjectKeys.AwaiterOf(key.ToString()) is { } awaiter)
            Enqueue(awaiter, madeRoom: false);
    }

    private void Enqueue(JobId id, bool madeRoom) => _events.Writer.TryWrite((id, madeRoom));

    private async Task HandleAsync(JobId id, bool madeRoom, CancellationToken cancellationToken)
    {
        try
        {
            var waiting = madeRoom ? _waiting.StartAsync(cancellationToken) : Task.CompletedTask;
            if (await _reconciler.RunAsync(id, untilEnd: false, cancellationToken) is { Result: not null } job && madeRoom)
                _endedJobs.Write(job);
            await waiting;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Error, "An event of job {JobId} could not be processed; the clock will retry it")]
    private partial void LogFailed(Exception exception, JobId jobId);
}
