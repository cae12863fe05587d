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

/// <summary>Pictures of a stored job: under <c>thumbnails/</c> of the same store.</summary>
internal sealed class StorePictures(IObjectStore store, Func<OutputName, ObjectKey> keyOf) : IPictureSink
{
    public async Task<bool> ExistsAsync(OutputName name, CancellationToken cancellationToken) =>
        await store.HeadAsync(keyOf(name), cancellationToken) is not null;

    public async Task<bool> PutAsync(OutputName name, byte[] content, IfExists ifExists, CancellationToken cancellationToken)
    {
        var condition = ifExists == IfExists.Fail ? PutCondition.IfAbsent : PutCondition.None;
        using var stream = new MemoryStream(content, writable: false);
        return await store.PutAsync(keyOf(name), stream, name.Format.ContentType(), condition, cancellationToken);
    }
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
