using System.Security.Cryptography;

namespace Thumbnails.Core.Storage;

/// <summary>
/// Objects as files under one folder, the key being the path. An object appears whole: it is written under a temporary
/// name, synchronized to the disk, then put in place, with a hard link where it must not replace another (which is atomic
/// between processes). Symbolic links below the root are never followed. <c>.store</c> holds what is not an object: the
/// temporary files, the uploads in parts, and the key that signs addresses.
/// </summary>
public sealed partial class FileObjectStore : IObjectStore
{
    private const string InternalFolder = ".store";
    private const int CopyBuffer = 256 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _internal;
    private readonly string _temporary;

    /// <summary>Opens the store, making the folder when it is not there.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="clock">Tells the time.</param>
    /// <exception cref="StorageException">The folder cannot be made or written.</exception>
    public FileObjectStore(string root, TimeProvider clock)
    {
        Root = Path.GetFullPath(root);
        _internal = Path.Combine(Root, InternalFolder);
        _temporary = Path.Combine(_internal, "tmp");
        Signer = new UrlSigner(Guarded($"The folder {Root} cannot be used", () =>
        {
            Directory.CreateDirectory(_temporary);
            return SigningKey();
        }), clock);
    }

    /// <summary>Told of every object that this process has put in place, as S3 would send an event.</summary>
    public event Action<ObjectKey>? Created;

    /// <summary>The folder that holds the objects.</summary>
    public string Root { get; }

    /// <summary>Checks the addresses that this store signed.</summary>
    public UrlSigner Signer { get; }

    /// <summary>The path of an object's file, for programs that read files; null when there is no such object.</summary>
    public string? PathOf(ObjectKey key) => Locate(key) is { } path && File.Exists(path) ? path : null;

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        Guarded($"The folder {Root} cannot be written", () =>
        {
            var probe = Path.Combine(_temporary, Guid.NewGuid().ToString("N"));
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ObjectInfo?> HeadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Task.FromResult(PathOf(key) is { } path && Describe(key, new FileInfo(path)) is { } info
            ? info with { Writer = WriterAttribute.Get(path) }
            : null);

    /// <inheritdoc/>
    public Task<Stream?> GetAsync(ObjectKey key, CancellationToken cancellationToken) => Task.FromResult<Stream?>(
        PathOf(key) is { } path ? Guarded($"The object {key} cannot be read", () => OpenRead(path)) : null);

    /// <inheritdoc/>
    public async Task<bool> PutAsync(
        ObjectKey key, Stream content, string contentType, PutCondition condition, string? writer, CancellationToken cancellationToken)
    {
        var path = Locate(key) ?? throw new StorageException($"The key {key} cannot be used in this store.");
        var temporary = Path.Combine(_temporary, Guid.NewGuid().ToString("N"));
        try
        {
            await WriteAsync(temporary, FileMode.CreateNew, 0, content, cancellationToken);
            if (writer is not null)
                Guarded($"The writer of the object {key} cannot be recorded", () => WriterAttribute.Set(temporary, writer));
            var placed = Guarded($"The object {key} cannot be put in place", () => PutInPlace(temporary, path, condition));
            if (placed)
                Created?.Invoke(key);
            return placed;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (PathOf(key) is { } path)
            Guarded($"The object {key} cannot be deleted", () => File.Delete(path));

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Guarded<IReadOnlyList<ObjectInfo>>("The folder cannot be listed", () =>
            [.. FileObjectListing.Of(new DirectoryInfo(Root), prefix, after)
                .Where(file => !file.Key.StartsWith(InternalFolder + '/', StringComparison.Ordinal))
                .Select(file => ObjectKey.TryParse(file.Key, out var key, out _) ? Describe(key, file.File) : null)
                .OfType<ObjectInfo>()
                .Take(limit)]));

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

    /// <summary>
    /// Removes what was left behind: temporary files of killed writers after an hour, uploads in parts that nobody went on
    /// with after a week.
    /// </summary>
    public void RemoveLeftovers()
    {
        foreach (var file in new DirectoryInfo(_temporary).EnumerateFiles().Where(file => IsOlder(file, TimeSpan.FromHours(1))))
            file.Delete();
        foreach (var upload in Directory.CreateDirectory(MultipartFolder).EnumerateDirectories().Where(folder => IsOlder(folder, TimeSpan.FromDays(7))))
            upload.Delete(recursive: true);
    }

    private static bool IsOlder(FileSystemInfo entry, TimeSpan age) => DateTime.UtcNow - entry.LastWriteTimeUtc > age;

    /// <summary>The file that a key means; null where that would be the store's own folder or behind a symbolic link.</summary>
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

    private static async Task WriteAsync(string path, FileMode mode, long offset, Stream content, CancellationToken cancellationToken)
    {
        // Only the writing is the store's: a source that breaks off keeps its own exception.
        const string failure = "An object cannot be written";
        await using var file = Guarded(failure, () => new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite, 0));
        file.Position = offset;
        var buffer = new byte[CopyBuffer];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            Guarded(failure, () => file.Write(buffer, 0, count));
        Guarded(failure, () => file.Flush(flushToDisk: true));
    }

    private static bool PutInPlace(string temporary, string path, PutCondition condition)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (condition == PutCondition.IfAbsent)
            return HardLink.TryCreate(temporary, path);
        File.Move(temporary, path, overwrite: true);
        return true;
    }

    private byte[] SigningKey()
    {
        var path = Path.Combine(_internal, "signing-key");
        if (!File.Exists(path))
        {
            var temporary = Path.Combine(_temporary, Guid.NewGuid().ToString("N"));
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                file.Write(RandomNumberGenerator.GetBytes(32));
                file.Flush(flushToDisk: true);
            }

            HardLink.TryCreate(temporary, path);
            File.Delete(temporary);
        }

        return File.ReadAllBytes(path);
    }

    private static ObjectInfo? Describe(ObjectKey key, FileInfo file)
    {
        try
        {
            return new ObjectInfo(key, file.Length, file.LastWriteTimeUtc);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static FileStream? OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 4096, useAsync: true);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void Guarded(string failure, Action action) => Guarded(failure, () =>
    {
        action();
        return true;
    });

    private static T Guarded<T>(string failure, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(failure, exception);
        }
    }
}
