using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// The clock where EventBridge sends no ticks: it reconciles everything at startup, then whenever an entry is due. Entries of
/// other processes are noticed within <see cref="LookAround"/>.
/// </summary>
internal sealed partial class ClockService(JobClock jobs, DueJobs due, TimeProvider clock, ILogger<ClockService> logger) : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), LookAround = TimeSpan.FromSeconds(10), MaxPause = TimeSpan.FromSeconds(30);

    private volatile string? _fault = "The unfinished jobs of the last run have not been resumed yet.";

    public string Name => "recovery";

    public Task<string?> FindFaultAsync(CancellationToken cancellationToken) => Task.FromResult(_fault);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await RecoverAsync(stoppingToken);
        var looked = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Second);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow();
            if (now < due.Next && now - looked < LookAround)
                continue;
            looked = now;
            await TryAsync(jobs.TickAsync, stoppingToken);
        }
    }

    private async Task RecoverAsync(CancellationToken stoppingToken)
    {
        for (var pause = Second; !await TryAsync(jobs.RecoverAsync, stoppingToken); pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            _fault = "The unfinished jobs of the last run could not be resumed. The service is retrying.";
            await Task.Delay(pause, stoppingToken);
        }

        _fault = null;
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
            return true;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "Some due jobs could not be reconciled; they will be retried")]
    private partial void LogFailed(Exception exception);
}
