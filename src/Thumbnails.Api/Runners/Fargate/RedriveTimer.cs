using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Redrives every minute, where no schedule of AWS's does.</summary>
internal sealed partial class RedriveTimer(Redrive redrive, TimeProvider clock, ILogger<RedriveTimer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await redrive.RunAsync(stoppingToken);
            }
            catch (StorageException exception)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The redrive failed; the next one comes in a minute")]
    private partial void LogFailed(Exception exception);
}
