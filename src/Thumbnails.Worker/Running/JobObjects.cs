using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Running;

/// <summary>Stores what a job makes.</summary>
/// <param name="store">The store.</param>
/// <param name="job">The job, whose own objects never stand in its way: it may be run again. Null for none.</param>
internal sealed class JobObjects(IObjectStore store, JobId? job)
{
    /// <summary>Whether there is an object that this job has not written.</summary>
    public async Task<bool> ExistsAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await store.HeadAsync(key, cancellationToken) is { } existing && !IsOfThisJob(existing);

    /// <summary>Stores an object, whole or not at all; false when there is one that must not be replaced.</summary>
    public async Task<bool> PutAsync(ObjectKey key, string contentType, byte[] content, IfExists ifExists, CancellationToken cancellationToken)
    {
        var condition = ifExists == IfExists.Fail ? PutCondition.IfAbsent : PutCondition.None;
        return await PutAsync(key, contentType, content, condition, cancellationToken)
            || (await store.HeadAsync(key, cancellationToken) is { } existing && IsOfThisJob(existing)
                && await PutAsync(key, contentType, content, PutCondition.None, cancellationToken));
    }

    /// <summary>Stores an object, or fails as a job does.</summary>
    /// <exception cref="JobFailedException">It cannot be stored.</exception>
    public async Task StoreAsync(ObjectKey key, string contentType, byte[] content, IfExists ifExists, CancellationToken cancellationToken)
    {
        try
        {
            if (!await PutAsync(key, contentType, content, ifExists, cancellationToken))
                throw new JobFailedException(JobErrorCode.OutputExists, $"{key} exists already. Choose another name, or ifExists=replace.");
        }
        catch (KeyConflictException exception)
        {
            throw new JobFailedException(JobErrorCode.OutputExists, exception.Message);
        }
        catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(JobErrorCode.UploadFailed, $"{key} could not be stored.", exception.ToString());
        }
    }

    private async Task<bool> PutAsync(ObjectKey key, string contentType, byte[] content, PutCondition condition, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await store.PutAsync(key, stream, contentType, condition, job?.ToString(), cancellationToken);
    }

    private bool IsOfThisJob(ObjectInfo existing) => job is not null && existing.Writer == job.ToString();
}
