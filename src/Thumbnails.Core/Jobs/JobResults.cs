using Thumbnails.Core.Storage;

namespace Thumbnails.Core.Jobs;

/// <summary>The result of a job in the store.</summary>
public static class JobResults
{
    /// <summary>Returns whether the job has a result.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<bool> HasEndedAsync(this IObjectStore store, JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Result(id), cancellationToken) is not null;

    /// <summary>Ends a job: writes its result, unless it already has one. The first outcome wins.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The job.</param>
    /// <param name="result">The outcome.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether this outcome won.</returns>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async Task<bool> PutResultAsync(this IObjectStore store, JobId id, JobResult result, CancellationToken cancellationToken)
    {
        // Written before the result, so that a list by status never misses a job. Lists skip an entry whose result lost.
        await store.PutAsync(
            ObjectKeys.EndedJob(result.Status, id), Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);
        return await store.PutJsonAsync(ObjectKeys.Result(id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, cancellationToken);
    }
}
