using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>
/// Lets one process at a time start the waiting jobs. When the holder crashes, another process takes over after the lease has
/// expired. Starting a job twice runs one task anyway; the lease only saves calls.
/// </summary>
internal sealed class StartLease(IObjectStore store, TimeProvider clock)
{
    // Longer than a tick takes.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>Takes the lease; returns null when another process holds it.</summary>
    public async Task<IAsyncDisposable?> TryTakeAsync(CancellationToken cancellationToken)
    {
        if (await IsHeldAsync(null, cancellationToken))
            return null;
        var key = ObjectKey.Parse($"{ObjectKeys.StartLease}{(clock.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds()}-{Guid.NewGuid():N}");
        await store.PutAsync(key, Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);
        var held = new Held(store, key);
        // If two processes take it at once, the later one sees the other. If each sees the other, the next tick decides.
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
