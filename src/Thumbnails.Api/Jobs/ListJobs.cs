using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Lists jobs, newest first.</summary>
internal sealed partial class ListJobs(JobIndex index, JobReconciler reconciler, ILogger<ListJobs> logger)
{
    public const int DefaultLimit = 20, MaxLimit = 100;

    // A frame of an answer is 1 to 3 KB, for its presigned URL, and Lambda takes no answer of more than 6 MB.
    private const int MaxFrames = 1000;

    // Read together: a store is far away, and a runner answers many questions at once.
    private const int BatchSize = 25;

    /// <param name="status">Only jobs of this status; null for all.</param>
    /// <param name="limit">The most jobs to return.</param>
    /// <param name="cursor">The last job that the caller has seen; null for the beginning.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The jobs, and the cursor of the next page; null at the end.</returns>
    public async Task<(IReadOnlyList<JobSnapshot> Jobs, JobId? Next)> RunAsync(
        JobStatus? status, int limit, JobId? cursor, CancellationToken cancellationToken)
    {
        var (page, frames) = (new List<JobSnapshot>(), 0);
        // One more than the page holds shows whether there is a next one.
        await foreach (var batch in BatchesAsync(status, limit + 1, cursor, cancellationToken))
        {
            foreach (var job in await Task.WhenAll(batch.Select(id => FindAsync(id, cancellationToken))))
            {
                if (job is null || (status is not null && job.Status != status))
                    continue;
                frames += job.Job.Frames.Count;
                if (page.Count == limit || (frames > MaxFrames && page.Count > 0))
                    return (page, page[^1].Job.Id);
                page.Add(job);
            }
        }

        return (page, null);
    }

    private async IAsyncEnumerable<JobId[]> BatchesAsync(
        JobStatus? status, int wanted, JobId? cursor, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batch = new List<JobId>();
        await foreach (var id in index.ListAsync(status, cursor, wanted, cancellationToken))
        {
            batch.Add(id);
            if (batch.Count < Math.Min(wanted, BatchSize))
                continue;
            yield return [.. batch];
            batch.Clear();
        }

        yield return [.. batch];
    }

    // A job that cannot be read is missing from lists, and says so itself when it is asked for.
    private async Task<JobSnapshot?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await reconciler.RunAsync(id, untilEnd: true, cancellationToken);
        }
        catch (DamagedRecordException exception)
        {
            LogDamaged(exception, id);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Job {JobId} cannot be read, and is left out of a list")]
    private partial void LogDamaged(Exception exception, JobId jobId);
}
