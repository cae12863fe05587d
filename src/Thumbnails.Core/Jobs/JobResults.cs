using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>The end of a job in the store.</summary>
public static class JobResults
{
    /// <summary>Whether the job has a result.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<bool> HasEndedAsync(this IObjectStore store, JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Result(id), cancellationToken) is not null;

    /// <summary>Ends a job: writes its result, unless it has one. The first outcome wins.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The job.</param>
    /// <param name="result">The outcome.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether this outcome won.</returns>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<bool> PutResultAsync(this IObjectStore store, JobId id, JobResult result, CancellationToken cancellationToken)
    {
        // Before the result, so that no list by status misses a job. An entry whose result lost is passed over by lists.
        await store.PutAsync(
            ObjectKeys.EndedJob(result.Status, id), Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);
        return await store.PutJsonAsync(ObjectKeys.Result(id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, cancellationToken);
    }
}
