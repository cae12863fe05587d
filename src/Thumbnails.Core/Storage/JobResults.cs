using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

internal static class JobResults
{
    /// <summary>Whether the job has ended: it has a result.</summary>
    public static async Task<bool> HasEndedAsync(this IObjectStore store, JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Result(id), cancellationToken) is not null;
}
