namespace Thumbnails.TestServers;

/// <summary>A clock that stands still until a test advances it. Its timers are the system's.</summary>
/// <param name="now">The initial time; null for a day in 2026.</param>
public sealed class ManualClock(DateTimeOffset? now = null) : TimeProvider
{
    private readonly Lock _gate = new();

    private DateTimeOffset _now = now ?? new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Advances the clock.</summary>
    public void Advance(TimeSpan time)
    {
        lock (_gate)
            _now += time;
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }
}
