using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Until when a video is awaited, as <c>awaiting/{id}</c> holds it.</summary>
/// <param name="Until">When the addresses for its upload stop working.</param>
internal sealed record AwaitingRecord(DateTimeOffset Until);

/// <summary>
/// The jobs that await their video, as marks in the store. A mark is there before its job is, and goes when the job was
/// started or has ended.
/// </summary>
internal sealed class AwaitingJobs(IObjectStore store)
{
    /// <summary>Marks a job, or lets a marked one wait longer.</summary>
    public Task AddAsync(JobId id, DateTimeOffset until, CancellationToken cancellationToken) => store.PutJsonAsync(
        ObjectKeys.Awaiting(id), new AwaitingRecord(until), ApiJson.Default.AwaitingRecord, PutCondition.None, cancellationToken);

    public Task RemoveAsync(JobId id, CancellationToken cancellationToken) => store.DeleteAsync(ObjectKeys.Awaiting(id), cancellationToken);

    /// <summary>The job's mark; null when it has none.</summary>
    public async Task<JobMark?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await store.HeadAsync(ObjectKeys.Awaiting(id), cancellationToken) is { } mark ? new JobMark(id, mark.LastModified) : null;

    /// <summary>Until when the job waits; null when it is not marked.</summary>
    public async Task<DateTimeOffset?> UntilAsync(JobId id, CancellationToken cancellationToken) =>
        (await store.GetJsonAsync(ObjectKeys.Awaiting(id), ApiJson.Default.AwaitingRecord, cancellationToken))?.Until;

    /// <summary>All of them, oldest first.</summary>
    public Task<IReadOnlyList<JobMark>> ListAsync(CancellationToken cancellationToken) =>
        store.ListMarksAsync(ObjectKeys.AwaitingJobs, cancellationToken);
}
