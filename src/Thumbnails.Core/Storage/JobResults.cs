using Thumbnails.Core.Jobs;

namespace Thumbnails.Core.Storage;

/// <summary>What the store tells of a job's end.</summary>
public static class JobResults
{
    /// <summary>Whether the job has ended: it has a result.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The job.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StorageException">The store does not answer as it should.</exception>
    public static async Task<bool> HasEndedAsync(this IObjectStore store, JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Result(id), cancellationToken) is not null;
}
