using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Storage;

/// <summary>Stores the objects that a job makes.</summary>
/// <param name="store">The store.</param>
/// <param name="job">The job. Its own objects are always replaced, because it may be a repeated run. Null without a job.</param>
internal sealed class JobObjects(IObjectStore store, JobId? job)
{
    public IObjectStore Store => store;

    /// <summary>Returns whether an object exists that this job has not written.</summary>
    public async Task<bool> ExistsAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await store.HeadAsync(key, cancellationToken) is { } existing && !IsOfThisJob(existing);

    /// <summary>Stores an object atomically. Returns false if it exists and must not be replaced.</summary>
    public async Task<bool> PutAsync(ObjectKey key, string contentType, byte[] content, IfExists ifExists, CancellationToken cancellationToken)
    {
        var condition = ifExists == IfExists.Fail ? PutCondition.IfAbsent : PutCondition.None;
        return await PutAsync(key, contentType, content, condition, cancellationToken)
            || (await store.HeadAsync(key, cancellationToken) is { } existing && IsOfThisJob(existing)
                && await PutAsync(key, contentType, content, PutCondition.None, cancellationToken));
    }

    /// <summary>Stores an object, or throws the job's error.</summary>
    /// <exception cref="JobFailedException">The object cannot be stored.</exception>
    public Task StoreAsync(ObjectKey key, string contentType, byte[] content, IfExists ifExists, CancellationToken cancellationToken) =>
        StoreErrors.TranslateAsync(
            () => PutAsync(key, contentType, content, ifExists, cancellationToken),
            $"{key} exists already. Choose another name, or ifExists=replace.",
            $"{key} could not be stored.");

    private async Task<bool> PutAsync(ObjectKey key, string contentType, byte[] content, PutCondition condition, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await store.PutAsync(key, stream, contentType, condition, job?.ToString(), cancellationToken);
    }

    private bool IsOfThisJob(ObjectInfo existing) => job is not null && existing.Writer == job.ToString();
}
