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
    private readonly JobObjects _objects = new(store, job);

    public Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken) => _objects.ExistsAsync(keyOf(name), cancellationToken);

    public Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken) =>
        _objects.PutAsync(keyOf(name), name.Format.ContentType(), content, ifExists, cancellationToken);
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
