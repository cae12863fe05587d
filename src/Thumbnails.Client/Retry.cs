namespace Thumbnails.Client;

/// <summary>Retries after transient failures.</summary>
internal static class Retry
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <param name="options">The number of attempts and the delay.</param>
    /// <param name="action">Receives the number of the attempt, counted from 1. Must be safe to repeat.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<T> RunAsync<T>(
        ThumbnailsClientOptions options, Func<int, Task<T>> action, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await action(attempt).ConfigureAwait(false);
            }
            catch (Exception exception) when (attempt < options.Attempts && MayPass(exception) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(DelayAfter(attempt, exception, options), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool MayPass(Exception exception) => exception switch
    {
        ThumbnailsException problem => problem.Status is 408 or 429 or >= 500 || problem.Code == "idempotency_in_flight",
        HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    // Adds up to 50% jitter, so that clients that failed together do not retry together.
    private static TimeSpan DelayAfter(int attempt, Exception exception, ThumbnailsClientOptions options)
    {
        var delay = options.RetryDelay * Math.Pow(2, attempt - 1) * (1 + Random.Shared.NextDouble() / 2);
        var asked = (exception as ThumbnailsException)?.RetryAfter ?? TimeSpan.Zero;
        return TimeSpan.FromTicks(Math.Max(Math.Min(delay.Ticks, LongestDelay.Ticks), asked.Ticks));
    }
}
