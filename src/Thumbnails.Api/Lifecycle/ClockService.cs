using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// The clock where EventBridge sends no ticks: once over everything at the start, then whenever something is due. What other
/// processes enter is seen within <see cref="LookAround"/>.
/// </summary>
internal sealed partial class ClockService(JobClock jobs, DueJobs due, TimeProvider clock, ILogger<ClockService> logger) : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), LookAround = TimeSpan.FromSeconds(10), MaxPause = TimeSpan.FromSeconds(30);

    private volatile string? _fault = "The jobs of the last run have not been picked up yet.";

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
            _fault = "The jobs of the last run could not be picked up; it is being tried again.";
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

    [LoggerMessage(LogLevel.Error, "Not everything that is due could be done; it will be tried again")]
    private partial void LogFailed(Exception exception);
}
