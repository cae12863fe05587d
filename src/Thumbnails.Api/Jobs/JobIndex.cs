using System.Runtime.CompilerServices;
using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Lists jobs, newest first, using only the keys of the store.</summary>
internal sealed class JobIndex(IObjectStore store, DueJobs due)
{
    // The usual number of objects of a job. Listing more than a page needs is wasted.
    private const int ObjectsPerJob = 6, MaxPage = 1000;

    /// <summary>Lists the jobs that can have the given status, after the given job.</summary>
    /// <param name="status">Null for all jobs.</param>
    /// <param name="after">The last job of the previous page; null for the first page.</param>
    /// <param name="limit">About how many jobs the caller needs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public IAsyncEnumerable<JobId> ListAsync(JobStatus? status, JobId? after, int limit, CancellationToken cancellationToken) => status switch
    {
        null => AllAsync(after, limit, cancellationToken),
        { } ended when ended.IsFinal() => EndedAsync(ended, after, limit, cancellationToken),
        { } open => OpenAsync(open, after, cancellationToken),
    };

    private async IAsyncEnumerable<JobId> AllAsync(JobId? after, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobId? last = null;
        // '0' follows '/', so this sorts after every object of the job and before the next job.
        await foreach (var key in KeysAsync(ObjectKeys.Jobs, after is null ? null : $"{ObjectKeys.Jobs}{after}0", limit * ObjectsPerJob, cancellationToken))
        {
            if (ObjectKeys.JobOf(key) is { } id && id != last)
                yield return last = id;
        }
    }

    private async IAsyncEnumerable<JobId> EndedAsync(JobStatus status, JobId? after, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = ObjectKeys.EndedJobs(status);
        await foreach (var key in KeysAsync(prefix, after is null ? null : $"{prefix}{after}", limit, cancellationToken))
        {
            if (JobId.TryParse(key[prefix.Length..], out var id))
                yield return id;
        }
    }

    // Every job that has not ended has a clock entry.
    private async IAsyncEnumerable<JobId> OpenAsync(JobStatus status, JobId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var entry in due.ListAsync(cancellationToken))
        {
            if (!entry.WaitsForRoom || status == JobStatus.Queued)
                open.Add(entry.Id.ToString());
        }

        foreach (var id in open.Where(id => after is null || string.CompareOrdinal(id, after.ToString()) > 0))
            yield return JobId.Parse(id);
    }

    private async IAsyncEnumerable<string> KeysAsync(string prefix, string? after, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var size = Math.Clamp(limit + 1, 1, MaxPage);
        IReadOnlyList<ObjectInfo> page;
        do
        {
            page = await store.ListAsync(prefix, after, size, cancellationToken);
            foreach (var item in page)
                yield return after = item.Key.ToString();
        }
        while (page.Count == size);
    }
}
