namespace Thumbnails.Api.Webhooks;

/// <summary>When to send again what did not arrive: Standard Webhooks' example, ten attempts in three days.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Gaps =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public static readonly int MaxAttempts = Gaps.Length + 1;

    private static readonly TimeSpan Longest = Gaps[^1];

    /// <summary>How long to wait after a failed attempt, counted from 1; null after the last one.</summary>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="retryAfter">What the receiver asked for; heeded up to a day.</param>
    public static TimeSpan? After(int attempt, TimeSpan? retryAfter)
    {
        if (attempt >= MaxAttempts)
            return null;
        var asked = retryAfter > Longest ? Longest : retryAfter ?? TimeSpan.Zero;
        // A tenth at random, so that what failed together does not come back together.
        var planned = Gaps[attempt - 1] * (1 + Random.Shared.NextDouble() / 10);
        return planned > asked ? planned : asked;
    }
}
