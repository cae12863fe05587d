namespace Thumbnails.Api.Events;

/// <summary>Tells every minute that a minute has passed, where no schedule of AWS's does.</summary>
internal sealed partial class ScheduleTimer(Lazy<EventDispatcher> dispatcher, TimeProvider clock, ILogger<ScheduleTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await dispatcher.Value.DispatchAsync(new ServiceEvent.Scheduled(), stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Not all that was due could be done; the next time comes in a minute")]
    private partial void LogFailed(Exception exception);
}
