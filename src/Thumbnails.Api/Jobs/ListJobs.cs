using Thumbnails.Api.Lifecycle;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Lists jobs, newest first.</summary>
internal sealed partial class ListJobs(JobIndex index, JobReconciler reconciler, ILogger<ListJobs> logger)
{
    public const int DefaultLimit = 20, MaxLimit = 100;

    // Each picture takes 1 to 3 KB of the response, mostly for its presigned URL, and Lambda limits a response to 6 MB.
    private const int MaxPictures = 1000;

    // Loaded concurrently: the store is remote, and the runner batches its calls.
    private const int BatchSize = 25;

    /// <param name="status">The status to list; null for all.</param>
    /// <param name="limit">The maximum number of jobs to return.</param>
    /// <param name="cursor">The last job of the previous page; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The jobs, and the cursor of the next page; null at the end.</returns>
    public async Task<(IReadOnlyList<JobSnapshot> Jobs, JobId? Next)> RunAsync(
        JobStatus? status, int limit, JobId? cursor, CancellationToken cancellationToken)
    {
        var (page, pictures) = (new List<JobSnapshot>(), 0);
        // One more than the page needs, to find out whether there is a next page.
        await foreach (var batch in BatchesAsync(status, limit + 1, cursor, cancellationToken))
        {
            foreach (var job in await Task.WhenAll(batch.Select(id => FindAsync(id, cancellationToken))))
            {
                if (job is null || (status is not null && job.Status != status))
                    continue;
                pictures += job.Job.Frames.Count + (job.Result?.Storyboard?.Sheets.Count ?? 0);
                if (page.Count == limit || (pictures > MaxPictures && page.Count > 0))
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

    // A job that cannot be read is omitted from lists; GET returns a problem for it.
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

    [LoggerMessage(LogLevel.Error, "Job {JobId} cannot be read and was omitted from a list")]
    private partial void LogDamaged(Exception exception, JobId jobId);
}
