using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Running;

/// <summary>Where pictures go.</summary>
internal interface IPictureSink
{
    Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken);

    /// <summary>Stores a picture, whole or not at all; false when the name is taken and must not be replaced.</summary>
    Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken);
}

/// <summary>Pictures in a store.</summary>
/// <param name="store">The store.</param>
/// <param name="keyOf">The key of a picture.</param>
/// <param name="job">The job that they belong to, whose own pictures are never in its way: it may be run again. Null for none.</param>
internal sealed class StorePictures(IObjectStore store, Func<OutputName, ObjectKey> keyOf, JobId? job = null) : IPictureSink
{
    public async Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken) =>
        await store.HeadAsync(keyOf(name), cancellationToken) is { } picture && !IsOfThisJob(picture);

    public async Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken)
    {
        var condition = ifExists == IfExists.Fail ? PutCondition.IfAbsent : PutCondition.None;
        return await PutAsync(name, content, condition, cancellationToken)
            || (await store.HeadAsync(keyOf(name), cancellationToken) is { } picture && IsOfThisJob(picture)
                && await PutAsync(name, content, PutCondition.None, cancellationToken));
    }

    private async Task<bool> PutAsync(OutputName name, byte[] content, PutCondition condition, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(content, writable: false);
        return await store.PutAsync(keyOf(name), stream, name.Format.ContentType(), condition, job?.ToString(), cancellationToken);
    }

    private bool IsOfThisJob(ObjectInfo picture) => job is not null && picture.Writer == job.ToString();
}

/// <summary>Pictures made by hand: into a folder, which stays free of anything else.</summary>
internal sealed class FolderPictures(string folder) : IPictureSink
{
    public Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    public async Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken);
            File.Move(temporary, path, overwrite: ifExists == IfExists.Replace);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string PathOf(OutputName name) => Path.Combine(folder, name.ToString());
}
