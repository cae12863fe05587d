using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>The jobs that wait for room, as marks in the store.</summary>
internal sealed class QueuedJobs(IObjectStore store)
{
    public Task AddAsync(JobId id, CancellationToken cancellationToken) =>
        store.PutAsync(ObjectKeys.Queued(id), Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);

    public Task RemoveAsync(JobId id, CancellationToken cancellationToken) => store.DeleteAsync(ObjectKeys.Queued(id), cancellationToken);

    public async Task<bool> ContainsAsync(JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Queued(id), cancellationToken) is not null;

    /// <summary>All of them, oldest first.</summary>
    public Task<IReadOnlyList<JobMark>> ListAsync(CancellationToken cancellationToken) =>
        store.ListMarksAsync(ObjectKeys.QueuedJobs, cancellationToken);
}
