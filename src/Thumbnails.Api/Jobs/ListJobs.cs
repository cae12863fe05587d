using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

/// <summary>Lists jobs, newest first.</summary>
internal sealed class ListJobs(JobIndex index, JobRecords records)
{
    public const int DefaultLimit = 20, MaxLimit = 100;

    // A rare status is not searched for to the end of time: the page may be short, and its cursor goes on.
    private const int MaxExamined = 1000;

    // A frame of an answer is 1 to 3 KB, for its signed address, and Lambda takes no answer of more than 6 MB.
    private const int MaxFrames = 1000;

    // Looked at together: a store is far away, and a runner answers many questions at once.
    private const int BatchSize = 25;

    /// <param name="status">Only jobs of this status; null for all.</param>
    /// <param name="limit">The most jobs to answer.</param>
    /// <param name="cursor">The last job that the caller has seen; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The jobs, and the cursor of the next page; null at the end.</returns>
    public async Task<(IReadOnlyList<JobRecord> Jobs, JobId? Next)> RunAsync(
        JobStatus? status, int limit, JobId? cursor, CancellationToken cancellationToken)
    {
        var found = new List<JobRecord>();
        var (examined, batch) = (0, new List<JobEntry>());
        JobId? last = null;
        await foreach (var entry in index.ListAsync(cursor, cancellationToken))
        {
            if (batch.Count == Math.Min(BatchSize, limit - found.Count))
            {
                if (!TryAdd(found, await FindAsync(batch, status, cancellationToken)))
                    return (found, found[^1].Job.Id);
                batch.Clear();
            }

            if (found.Count == limit || examined == MaxExamined)
                return (found, last);
            examined++;
            last = entry.Id;
            if (status is null || status.Value.IsFinal() == entry.HasEnded)
                batch.Add(entry);
        }

        return TryAdd(found, await FindAsync(batch, status, cancellationToken)) ? (found, null) : (found, found[^1].Job.Id);
    }

    /// <summary>Adds what fits on a page; a job always does on an empty one.</summary>
    private static bool TryAdd(List<JobRecord> page, IEnumerable<JobRecord> found)
    {
        var frames = page.Sum(record => record.Job.Frames.Count);
        foreach (var record in found)
        {
            frames += record.Job.Frames.Count;
            if (frames > MaxFrames && page.Count > 0)
                return false;
            page.Add(record);
        }

        return true;
    }

    private async Task<IEnumerable<JobRecord>> FindAsync(List<JobEntry> batch, JobStatus? status, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(batch.Select(entry => records.FindAsync(entry.Id, cancellationToken)));
        return found.OfType<JobRecord>().Where(record => status is null || record.Status == status);
    }
}
