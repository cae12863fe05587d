using System.Runtime.CompilerServices;
using System.Text;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Lifecycle;

/// <summary>A clock entry: the job must be checked no later than this time.</summary>
/// <param name="Time">The time, in whole seconds.</param>
/// <param name="Id">The job.</param>
/// <param name="WaitsForRoom">Whether the job waits for capacity, so that a listing shows which jobs to skip while there is none.</param>
internal readonly record struct DueEntry(DateTimeOffset Time, JobId Id, bool WaitsForRoom);

/// <summary>The clock's entries in the store. Every job that is not done has one; an extra one is harmless.</summary>
internal sealed class DueJobs(IObjectStore store, TimeProvider clock)
{
    private const int PageSize = 1000, MaxRemembered = 10_000;
    private static readonly byte[] RoomMark = Encoding.ASCII.GetBytes("waits for room");

    private readonly Lock _lock = new();
    private readonly Dictionary<JobId, DateTimeOffset> _last = [];
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>The time of the earliest entry that is not due yet, as far as this process knows.</summary>
    public DateTimeOffset Next
    {
        get
        {
            lock (_lock)
                return _next;
        }
    }

    public Task PutAsync(JobId id, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var at = RoundUp(time);
        lock (_lock)
        {
            _next = at < _next ? at : _next;
            // Forgetting an entry costs at most one check of a job that is done.
            if (_last.Count == MaxRemembered)
                _last.Clear();
            _last[id] = at;
        }

        return store.PutAsync(ObjectKeys.DueAt(at, id), Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);
    }

    public async Task PutWaitingAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        using var mark = new MemoryStream(RoomMark, writable: false);
        await store.PutAsync(ObjectKeys.DueAt(job.StartableAt, job.Job.Id), mark, "text/plain", PutCondition.None, cancellationToken);
    }

    public Task RemoveAsync(JobId id, DateTimeOffset time, CancellationToken cancellationToken) =>
        store.DeleteAsync(ObjectKeys.DueAt(RoundUp(time), id), cancellationToken);

    /// <summary>Forgets the entry that this process last put for a job, and returns its time; null when it has put none.</summary>
    public DateTimeOffset? TakeLast(JobId id)
    {
        lock (_lock)
            return _last.Remove(id, out var last) ? last : null;
    }

    public Task RemoveWaitingAsync(JobSnapshot job, CancellationToken cancellationToken) =>
        store.DeleteAsync(ObjectKeys.DueAt(job.StartableAt, job.Job.Id), cancellationToken);

    /// <summary>Returns whether an entry has this time, in whole seconds.</summary>
    public static bool IsAt(DueEntry entry, DateTimeOffset time) => entry.Time == RoundUp(time);

    /// <summary>Rounds a time up to a whole second, as in the key of an entry.</summary>
    public static DateTimeOffset RoundUp(DateTimeOffset time) =>
        new((time.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Lists the due entries, earliest first; within a second, the oldest jobs first.</summary>
    public async Task<IReadOnlyList<DueEntry>> ListDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
            _next = DateTimeOffset.MaxValue;
        var due = new List<DueEntry>();
        await foreach (var entry in ListAsync(cancellationToken))
        {
            if (entry.Time > now)
            {
                lock (_lock)
                    _next = entry.Time < _next ? entry.Time : _next;
                break;
            }

            due.Add(entry);
        }

        // Ids sort newest first.
        return [.. due.OrderBy(entry => entry.Time).ThenByDescending(entry => entry.Id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Lists all entries, earliest first.</summary>
    public async IAsyncEnumerable<DueEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        IReadOnlyList<ObjectInfo> page;
        do
        {
            page = await store.ListAsync(ObjectKeys.Due, after, PageSize, cancellationToken);
            foreach (var item in page)
            {
                after = item.Key.ToString();
                if (ObjectKeys.TryParseDue(after, out var time, out var id))
                    yield return new DueEntry(time, id, item.Length > 0);
            }
        }
        while (page.Count == PageSize);
    }
}
