using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Storage;

namespace Thumbnails.Worker.Running;

/// <summary>The destination of pictures.</summary>
internal interface IPictureSink
{
    Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken);

    /// <summary>Stores a picture atomically. Returns false if the name exists and must not be replaced.</summary>
    Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken);
}

/// <summary>Stores pictures in an object store.</summary>
/// <param name="store">The store.</param>
/// <param name="keyOf">Returns the key of a picture.</param>
/// <param name="job">
/// The job that the pictures belong to. Its own pictures are always replaced, because it may be a repeated run. Null without a
/// job.
/// </param>
internal sealed class StorePictures(IObjectStore store, Func<OutputName, ObjectKey> keyOf, JobId? job = null) : IPictureSink
{
    private readonly JobObjects _objects = new(store, job);

    public Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken) => _objects.ExistsAsync(keyOf(name), cancellationToken);

    public Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken) =>
        _objects.PutAsync(keyOf(name), name.Format.ContentType(), content, ifExists, cancellationToken);
}

/// <summary>Stores pictures made by hand in a folder, without leaving any other file there.</summary>
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
