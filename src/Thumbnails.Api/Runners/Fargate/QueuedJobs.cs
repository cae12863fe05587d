using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>The jobs that wait for room, as marks in the store.</summary>
internal sealed class QueuedJobs(IObjectStore store)
{
    private const int PageSize = 1000;

    public Task AddAsync(JobId id, CancellationToken cancellationToken) =>
        store.PutAsync(ObjectKeys.Queued(id), Stream.Null, "application/octet-stream", PutCondition.None, cancellationToken);

    public Task RemoveAsync(JobId id, CancellationToken cancellationToken) => store.DeleteAsync(ObjectKeys.Queued(id), cancellationToken);

    public async Task<bool> ContainsAsync(JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Queued(id), cancellationToken) is not null;

    /// <summary>All of them, oldest first.</summary>
    public async Task<IReadOnlyList<JobId>> ListAsync(CancellationToken cancellationToken)
    {
        var ids = new List<JobId>();
        string? after = null;
        IReadOnlyList<ObjectInfo> page;
        do
        {
            page = await store.ListAsync(ObjectKeys.QueuedJobs, after, PageSize, cancellationToken);
            foreach (var key in page.Select(item => item.Key.ToString()))
            {
                after = key;
                if (JobId.TryParse(key[ObjectKeys.QueuedJobs.Length..], out var id))
                    ids.Add(id);
            }
        }
        while (page.Count == PageSize);

        // Ids, and so keys, sort newest first.
        ids.Reverse();
        return ids;
    }
}
