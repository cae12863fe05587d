using System.Security.Cryptography;
using static Thumbnails.Core.Storage.FileErrorTranslator;

namespace Thumbnails.Core.Storage;

/// <summary>
/// Stores objects as files in a folder, with the key as the path. An object appears atomically: it is written under a temporary
/// name, flushed to disk, then moved into place, or hard-linked where it must not replace another object. Symbolic links below
/// the root are never followed. <c>.store</c> contains everything that is not an object: temporary files, uploads in parts, and
/// the key that signs URLs.
/// </summary>
public sealed partial class FileObjectStore : IObjectStore
{
    private const string InternalFolder = ".store";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _internal;
    private readonly string _temporary;

    /// <summary>Opens the store and creates the folder if it does not exist.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="StorageException">The folder cannot be created or written.</exception>
    public FileObjectStore(string root, TimeProvider clock)
    {
        Root = Path.GetFullPath(root);
        _internal = Path.Combine(Root, InternalFolder);
        _temporary = Path.Combine(_internal, "tmp");
        Signer = new UrlSigner(Run($"The folder {Root} cannot be used", () =>
        {
            Directory.CreateDirectory(_temporary);
            return SigningKey();
        }), clock);
    }

    /// <summary>Raised for every object that this process has stored, like an S3 event.</summary>
    public event Action<ObjectKey>? Created;

    /// <summary>The folder that holds the objects.</summary>
    public string Root { get; }

    /// <summary>Verifies the URLs that this store signed.</summary>
    public UrlSigner Signer { get; }

    /// <summary>Returns the path of an object's file, for programs that read files; null when the object does not exist.</summary>
    /// <exception cref="StorageException">The store's folder no longer exists.</exception>
    public string? PathOf(ObjectKey key)
    {
        if (Locate(key) is { } path && File.Exists(path))
            return path;
        RequireFolder();
        return null;
    }

    /// <summary>Opens an object's file, which stays the same when the object is replaced; returns null when the object does not exist.</summary>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public FileStream? OpenRead(ObjectKey key) => PathOf(key) is not { } path ? null : Run($"The object {key} cannot be read", () =>
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, useAsync: true);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    });

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Run("The store cannot be written. Check that its folder exists and that its disk has space.", () =>
        {
            using var probe = TemporaryFile.Create(_temporary);
            probe.Write([0]);
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ObjectInfo?> HeadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult(PathOf(key) is { } path && Describe(key, new FileInfo(path)) is { } info
            ? info with { Writer = WriterAttribute.Get(path) }
            : null);

    /// <inheritdoc/>
    public Task<Stream?> GetAsync(ObjectKey key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(OpenRead(key));

    /// <inheritdoc/>
    /// <exception cref="KeyConflictException">A part of the key is both a folder and an object.</exception>
    public async Task<bool> PutAsync(
        ObjectKey key, Stream content, string contentType, PutCondition condition, string? writer, CancellationToken cancellationToken)
    {
        var path = Locate(key) ?? throw new StorageException($"The key {key} cannot be used in this store.");
        using var file = Run("An object cannot be written", () => TemporaryFile.Create(_temporary));
        await file.WriteAsync(content, cancellationToken);
        var placed = Run($"The object {key} cannot be put in place", () =>
        {
            if (writer is not null)
                file.SetWriter(writer);
            if (key.ToString().StartsWith(ObjectKey.Secrets, StringComparison.Ordinal))
                file.SetMode(OwnerOnly);
            RequireFreePath(key, path);
            return file.PutInPlace(path, condition);
        });
        if (placed)
            Created?.Invoke(key);
        return placed;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (PathOf(key) is { } path)
        {
            Run($"The object {key} cannot be deleted", () => File.Delete(path));
            RemoveEmptyFolders(Path.GetDirectoryName(path)!);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectKey key, string writer, CancellationToken cancellationToken) =>
        PathOf(key) is { } path && WriterAttribute.Get(path) == writer ? DeleteAsync(key, cancellationToken) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Run<IReadOnlyList<ObjectInfo>>("The folder cannot be listed", () =>
        {
            RequireFolder();
            var infos = from name in KeysOf(prefix, after, limit)
                        let key = ObjectKey.TryParse(name, out var parsed, out _) ? parsed : null
                        let info = key is null ? null : Describe(key, new FileInfo(Path.Combine(Root, name)))
                        where info is not null
                        select info;
            return [.. infos.Take(limit)];
        }));

    /// <inheritdoc/>
    public Task<PresignedUrl> PresignUploadAsync(
        ObjectKey key, long length, string contentType, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(Signer.Sign(
            new SignedGrant("PUT", key, length, contentType),
            lifetime,
            new Dictionary<string, string> { ["Content-Type"] = contentType, ["If-None-Match"] = "*" }));

    /// <inheritdoc/>
    public Task<PresignedUrl> PresignDownloadAsync(ObjectKey key, TimeSpan lifetime, CancellationToken cancellationToken) =>
        Task.FromResult(Signer.Sign(new SignedGrant("GET", key), lifetime, new Dictionary<string, string>()));

    /// <summary>Removes temporary files of killed writers, and uploads in parts without a new part for a week.</summary>
    public void RemoveLeftovers() => Run("Leftovers cannot be removed", () =>
    {
        TemporaryFile.RemoveAbandoned(_temporary);
        RemoveOldUploads();
    });

    private IEnumerable<string> KeysOf(string prefix, string? after, int limit)
    {
        // The folder of the prefix is opened directly, without reading the names beside it.
        var path = prefix[..(prefix.LastIndexOf('/') + 1)];
        var folder = path.Length == 0 ? Root : ObjectKey.TryParse(path[..^1], out var key, out _) ? Locate(key) : null;
        var isInside = after?.StartsWith(path, StringComparison.Ordinal) is true;
        if (folder is null || (!isInside && Utf8Order.Compare(after, path) > 0))
            return [];
        return new FileObjectListing(limit).Below(folder, prefix[path.Length..], isInside ? after![path.Length..] : null)
            .Select(name => path + name)
            .Where(name => !name.StartsWith(InternalFolder + '/', StringComparison.Ordinal));
    }

    /// <summary>Returns the file of a key; null for the store's own folder and below a symbolic link.</summary>
    private string? Locate(ObjectKey key)
    {
        var parts = key.ToString().Split('/');
        if (parts[0] == InternalFolder)
            return null;
        var path = Root;
        foreach (var part in parts)
        {
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null)
                return null;
        }

        return path;
    }

    // Without this check, a store that was unmounted or removed would look empty.
    private void RequireFolder()
    {
        if (!Directory.Exists(_temporary))
            throw new StorageException("The store no longer exists. Restore its folder, or restart the service to start with an empty one.");
    }

    private void RequireFreePath(ObjectKey key, string path)
    {
        if (Directory.Exists(path))
            throw new KeyConflictException($"The object {key} has the same name as a folder. Choose another name.");
        for (var parent = Path.GetDirectoryName(path)!; parent != Root; parent = Path.GetDirectoryName(parent)!)
        {
            if (File.Exists(parent))
                throw new KeyConflictException($"A folder of the object {key} has the same name as another object. Choose another name.");
        }
    }

    // The top-level folders stay, because they are few and in use.
    private void RemoveEmptyFolders(string folder)
    {
        try
        {
            for (var parent = Path.GetDirectoryName(folder)!; folder != Root && parent != Root; parent = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
                folder = parent;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not empty, or already removed.
        }
    }

    private byte[] SigningKey()
    {
        var path = Path.Combine(_internal, "signing-key");
        if (!File.Exists(path))
        {
            using var file = TemporaryFile.Create(_temporary);
            file.SetMode(OwnerOnly);
            file.Write(RandomNumberGenerator.GetBytes(32));
            file.PutInPlace(path, PutCondition.IfAbsent);
        }

        return File.ReadAllBytes(path);
    }

    private static ObjectInfo? Describe(ObjectKey key, FileInfo file)
    {
        try
        {
            return new ObjectInfo(key, file.Length, file.LastWriteTimeUtc);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
