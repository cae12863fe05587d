using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>The mark of a job: an object whose name is the job's id.</summary>
internal readonly record struct JobMark(JobId Id, DateTimeOffset MarkedAt);

/// <summary>Marks let jobs of a kind be found without looking at all jobs.</summary>
internal static class JobMarks
{
    private const int PageSize = 1000;

    /// <summary>All marks under a prefix, those of the oldest jobs first.</summary>
    public static async Task<IReadOnlyList<JobMark>> ListMarksAsync(
        this IObjectStore store, string prefix, CancellationToken cancellationToken)
    {
        var marks = new List<JobMark>();
        string? after = null;
        IReadOnlyList<ObjectInfo> page;
        do
        {
            page = await store.ListAsync(prefix, after, PageSize, cancellationToken);
            foreach (var item in page)
            {
                after = item.Key.ToString();
                if (JobId.TryParse(after[prefix.Length..], out var id))
                    marks.Add(new JobMark(id, item.LastModified));
            }
        }
        while (page.Count == PageSize);

        // Ids, and so keys, sort newest first.
        marks.Reverse();
        return marks;
    }
}
