using System.Globalization;
using static Thumbnails.Core.Storage.FileErrorTranslator;

namespace Thumbnails.Core.Storage;

/// <content>
/// Uploads in parts. A part is a temporary file until it has arrived completely. It is then copied to its offset in the file
/// <c>data</c> of the upload's folder, and an empty file, <c>{number}-{ETag}</c>, records it. To complete the upload,
/// <c>data</c> is renamed to <c>complete</c>, which accepts no more parts, and linked to the object's name. All changes to an
/// upload hold its <c>lock</c>.
/// </content>
public sealed partial class FileObjectStore : IMultipartStore
{
    private const string DataFile = "data", CompleteFile = "complete", LockFile = "lock";

    // Abandoned uploads are kept for the maximum lifetime of a presigned URL.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromDays(7);

    private static readonly TimeSpan LockPollInterval = TimeSpan.FromMilliseconds(10);

    private string MultipartFolder => Path.Combine(_internal, "multipart");

    /// <inheritdoc/>
    public Task<string> BeginAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        RequireFolder();
        var id = Guid.NewGuid().ToString("N");
        return Task.FromResult(Run("An upload cannot be created", () =>
        {
            Directory.CreateDirectory(FolderOf(id));
            foreach (var name in new[] { DataFile, LockFile })
                File.WriteAllBytes(Path.Combine(FolderOf(id), name), []);
            return id;
        }));
    }

    /// <inheritdoc/>
    public Task<PresignedUrl> PresignPartAsync(
        MultipartUpload upload, string id, int number, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var part = new SignedPart(id, number, (number - 1) * upload.PartLength);
        return Task.FromResult(Signer.Sign(
            new SignedGrant("PUT", upload.Key, upload.LengthOf(number), Part: part), lifetime, new Dictionary<string, string>()));
    }

    /// <summary>Stores a part.</summary>
    /// <returns>The ETag; null when the upload does not exist or has been completed.</returns>
    public async Task<string?> PutPartAsync(SignedPart part, Stream content, CancellationToken cancellationToken)
    {
        if (!IsOpen(part.Upload))
            return null;
        using var file = Run("A part cannot be written", () => TemporaryFile.Create(_temporary));
        await file.WriteAsync(content, cancellationToken);
        using var uploadLock = await LockAsync(part.Upload, cancellationToken);
        return uploadLock is not null && IsOpen(part.Upload) ? Run("A part cannot be stored", () => StorePart(part, file)) : null;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UploadedPart>?> ListPartsAsync(MultipartUpload upload, string id, CancellationToken cancellationToken) =>
        Task.FromResult(Run<IReadOnlyList<UploadedPart>?>("An upload cannot be read", () => Exists(id) ? PartsOf(id) : null));

    /// <inheritdoc/>
    public async Task<MultipartOutcome> CompleteAsync(
        MultipartUpload upload, string id, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken)
    {
        using var uploadLock = await LockAsync(id, cancellationToken);
        // Already completed, with the response lost, or aborted.
        if (uploadLock is null)
            return IsStored(upload) ? MultipartOutcome.Completed : MultipartOutcome.NoSuchUpload;
        return Run($"The object {upload.Key} cannot be put in place", () => Complete(upload, id, parts));
    }

    /// <inheritdoc/>
    public async Task AbortAsync(MultipartUpload upload, string id, CancellationToken cancellationToken)
    {
        using var uploadLock = await LockAsync(id, cancellationToken);
        if (uploadLock is not null)
            Run("An upload cannot be aborted", () => Directory.Delete(FolderOf(id), recursive: true));
    }

    private MultipartOutcome Complete(MultipartUpload upload, string id, IReadOnlyList<UploadedPart> parts)
    {
        var (folder, isRepeated) = (FolderOf(id), !IsOpen(id));
        var (data, complete) = (Path.Combine(folder, DataFile), Path.Combine(folder, CompleteFile));
        if (parts.Count != upload.Parts || !PartsOf(id).SequenceEqual(parts))
            return MultipartOutcome.WrongParts;
        var path = Locate(upload.Key) ?? throw new StorageException($"The key {upload.Key} cannot be used in this store.");
        if (!isRepeated)
            File.Move(data, complete);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (!HardLink.TryCreate(complete, path) && !(isRepeated && IsStored(upload)))
        {
            File.Move(complete, data);
            return MultipartOutcome.ObjectExists;
        }

        Directory.Delete(folder, recursive: true);
        Created?.Invoke(upload.Key);
        return MultipartOutcome.Completed;
    }

    private string StorePart(SignedPart part, TemporaryFile content)
    {
        var folder = FolderOf(part.Upload);
        foreach (var replaced in Directory.GetFiles(folder, $"{Text(part.Number)}-*"))
            File.Delete(replaced);
        using (var data = new FileStream(Path.Combine(folder, DataFile), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        {
            data.Position = part.Offset;
            content.CopyTo(data);
            data.Flush(flushToDisk: true);
        }

        var eTag = Guid.NewGuid().ToString("N");
        File.WriteAllBytes(Path.Combine(folder, $"{Text(part.Number)}-{eTag}"), []);
        return eTag;
    }

    private List<UploadedPart> PartsOf(string id) =>
        [.. Directory.GetFiles(FolderOf(id), "*-*")
            .Select(file => Path.GetFileName(file).Split('-'))
            .Select(name => new UploadedPart(int.Parse(name[0], CultureInfo.InvariantCulture), name[1]))
            .OrderBy(part => part.Number)];

    /// <summary>Waits for the lock of an upload; returns null when the upload does not exist.</summary>
    private async Task<FileStream?> LockAsync(string id, CancellationToken cancellationToken)
    {
        while (Exists(id))
        {
            // The holder of the lock may have removed the upload in the meantime.
            if (Run("An upload cannot be locked", () => TryLock(Path.Combine(FolderOf(id), LockFile))) is { } uploadLock)
            {
                if (Exists(id))
                    return uploadLock;
                await uploadLock.DisposeAsync();
            }

            await Task.Delay(LockPollInterval, cancellationToken);
        }

        return null;
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException || IsLocked(exception))
        {
            return null;
        }
    }

    // EWOULDBLOCK on Linux and on macOS.
    private static bool IsLocked(IOException exception) => exception.HResult is 11 or 35;

    private bool IsOpen(string id) => Exists(id) && File.Exists(Path.Combine(FolderOf(id), DataFile));

    private bool Exists(string id)
    {
        RequireFolder();
        return Directory.Exists(FolderOf(id));
    }

    private bool IsStored(MultipartUpload upload) =>
        PathOf(upload.Key) is { } path && Describe(upload.Key, new FileInfo(path))?.Length == upload.Length;

    private void RemoveOldUploads()
    {
        foreach (var upload in Directory.CreateDirectory(MultipartFolder).EnumerateDirectories())
        {
            if (DateTime.UtcNow - upload.LastWriteTimeUtc > UploadLifetime)
                upload.Delete(recursive: true);
        }
    }

    // An invalid id must not be used as a path.
    private string FolderOf(string id) => Path.Combine(MultipartFolder, Guid.TryParseExact(id, "N", out _) ? id : "none");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
