using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Lists jobs, newest first.</summary>
internal sealed class ListJobs(JobIndex index, JobRecords records, IObjectStore store)
{
    public const int DefaultLimit = 20, MaxLimit = 100;

    // A rare status is not searched for to the end of time: the page may be short, and its cursor goes on.
    private const int MaxExamined = 1000;

    /// <param name="status">Only jobs of this status; null for all.</param>
    /// <param name="limit">The most jobs to answer.</param>
    /// <param name="cursor">The last job that the caller has seen; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The jobs, and the cursor of the next page; null at the end.</returns>
    public async Task<(IReadOnlyList<JobRecord> Jobs, JobId? Next)> RunAsync(
        JobStatus? status, int limit, JobId? cursor, CancellationToken cancellationToken)
    {
        var found = new List<JobRecord>();
        var examined = 0;
        JobId? last = null;
        await foreach (var entry in index.ListAsync(cursor, cancellationToken))
        {
            if (found.Count == limit || examined == MaxExamined)
                return (found, last);
            examined++;
            last = entry.Id;
            if (status is { } wanted && wanted.IsFinal() != entry.HasEnded)
                continue;
            var job = await store.GetJsonAsync(ObjectKeys.Job(entry.Id), CoreJson.Default.Job, cancellationToken);
            if (job is null)
                continue;
            var record = await records.CompleteAsync(job, cancellationToken);
            if (status is null || record.Status == status)
                found.Add(record);
        }

        return (found, null);
    }
}
