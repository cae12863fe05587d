using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Lets one process at a time start the jobs that wait. A holder that died is followed by another when its lease has run out. Two
/// starts of one job are one task in any case; the lease saves the calls.
/// </summary>
internal sealed class StartLease(IObjectStore store, TimeProvider clock)
{
    // Longer than a tick of the clock works.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Null when another process holds the lease.</summary>
    public async Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (await IsHeldAsync(null, cancellationToken))
            return null;
        var key = ObjectKey.Parse($"{ObjectKeys.StartLease}{(clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()}-{Guid.NewGuid():N}");
        await store.PutAsync(key, Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);
        var held = new Held(store, key);
        // Of two that took it at once, the later one sees the other. When each sees the other, the next tick decides.
        if (!await IsHeldAsync(key, cancellationToken))
            return held;
        await held.DisposeAsync();
        return null;
    }

    private async Task<bool> IsHeldAsync(ObjectKey? except, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var held = await store.ListAsync(ObjectKeys.StartLease, null, 100, cancellationToken);
        foreach (var expired in held.Where(item => string.CompareOrdinal(item.Key.ToString(), ObjectKeys.StartLease + now) < 0))
            await store.DeleteAsync(expired.Key, cancellationToken);
        return held.Any(item => item.Key != except && string.CompareOrdinal(item.Key.ToString(), ObjectKeys.StartLease + now) >= 0);
    }

    private sealed class Held(IObjectStore store, ObjectKey key) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await store.DeleteAsync(key, CancellationToken.None);
    }
}
