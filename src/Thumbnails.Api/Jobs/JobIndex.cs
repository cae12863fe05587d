using System.Runtime.CompilerServices;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>A job as the store's listing shows it.</summary>
/// <param name="Id">The job.</param>
/// <param name="HasEnded">Whether it has a result.</param>
internal sealed record JobEntry(JobId Id, bool HasEnded);

/// <summary>Lists jobs from the keys alone.</summary>
internal sealed class JobIndex(IObjectStore store)
{
    private const int PageSize = 1000;

    /// <summary>The jobs, newest first, behind the given one.</summary>
    public async IAsyncEnumerable<JobEntry> ListAsync(JobId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // '0' comes next after '/', so this lies behind every object of the job and before every other job.
        var position = after is null ? null : $"{ObjectKeys.Jobs}{after}0";
        JobEntry? entry = null;
        IReadOnlyList<ObjectInfo> page;
        do
        {
            page = await store.ListAsync(ObjectKeys.Jobs, position, PageSize, cancellationToken);
            foreach (var key in page.Select(item => item.Key))
            {
                if (ObjectKeys.JobOf(key.ToString()) is not { } id)
                    continue;
                if (entry is not null && entry.Id != id)
                    yield return entry;
                entry = new JobEntry(id, (entry?.Id == id && entry.HasEnded) || key == ObjectKeys.Result(id));
            }

            position = page.Count > 0 ? page[^1].Key.ToString() : position;
        }
        while (page.Count == PageSize);

        if (entry is not null)
            yield return entry;
    }
}
