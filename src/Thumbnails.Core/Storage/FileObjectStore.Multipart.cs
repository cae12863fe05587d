using System.Globalization;

namespace Thumbnails.Core.Storage;

/// <content>
/// Uploads in parts: all parts are written into one file, each at its place, so that completing one is a matter of a name.
/// A file beside it for each part that is there holds its ETag.
/// </content>
public sealed partial class FileObjectStore : IMultipartStore
{
    private const string DataFile = "data";

    private string MultipartFolder => Path.Combine(_internal, "multipart");

    /// <inheritdoc/>
    public Task<string> BeginAsync(MultipartUpload upload, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        return Task.FromResult(Guarded("An upload cannot be begun", () =>
        {
            File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(FolderOf(id)).FullName, DataFile), []);
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
    /// <returns>Its ETag; null when there is no such upload.</returns>
    public async Task<string?> PutPartAsync(SignedPart part, Stream content, CancellationToken cancellationToken)
    {
        var data = Path.Combine(FolderOf(part.Upload), DataFile);
        if (!File.Exists(data))
            return null;
        var marker = MarkerOf(part.Upload, part.Number);
        Guarded("A part cannot be replaced", () => File.Delete(marker));
        await WriteAsync(data, FileMode.Open, part.Offset, content, cancellationToken);
        var eTag = Guid.NewGuid().ToString("N");
        Guarded("A part cannot be recorded", () => File.WriteAllText(marker, eTag));
        return eTag;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<UploadedPart>?> ListPartsAsync(MultipartUpload upload, string id, CancellationToken cancellationToken) =>
        Task.FromResult(Directory.Exists(FolderOf(id)) ? Guarded<IReadOnlyList<UploadedPart>?>("An upload cannot be read", () =>
            [.. Enumerable.Range(1, upload.Parts)
                .Where(number => File.Exists(MarkerOf(id, number)))
                .Select(number => new UploadedPart(number, File.ReadAllText(MarkerOf(id, number))))]) : null);

    /// <inheritdoc/>
    public async Task<MultipartOutcome> CompleteAsync(
        MultipartUpload upload, string id, IReadOnlyList<UploadedPart> parts, CancellationToken cancellationToken)
    {
        if (await ListPartsAsync(upload, id, cancellationToken) is not { } present)
        {
            // Completed before, its answer lost; or aborted.
            return await HeadAsync(upload.Key, cancellationToken) is { } head && head.Length == upload.Length
                ? MultipartOutcome.Completed
                : MultipartOutcome.NoSuchUpload;
        }

        if (present.Count != upload.Parts || !present.SequenceEqual(parts))
            return MultipartOutcome.WrongParts;
        var path = Locate(upload.Key) ?? throw new StorageException($"The key {upload.Key} cannot be used in this store.");
        if (!Guarded($"The object {upload.Key} cannot be put in place", () => PutInPlace(Path.Combine(FolderOf(id), DataFile), path, PutCondition.IfAbsent)))
            return MultipartOutcome.ObjectExists;
        Created?.Invoke(upload.Key);
        Guarded("The parts of a completed upload cannot be removed", () => Directory.Delete(FolderOf(id), recursive: true));
        return MultipartOutcome.Completed;
    }

    /// <inheritdoc/>
    public Task AbortAsync(MultipartUpload upload, string id, CancellationToken cancellationToken)
    {
        if (Directory.Exists(FolderOf(id)))
            Guarded("An upload cannot be given up", () => Directory.Delete(FolderOf(id), recursive: true));
        return Task.CompletedTask;
    }

    // An id that we did not make names no folder.
    private string FolderOf(string id) => Path.Combine(MultipartFolder, Guid.TryParseExact(id, "N", out _) ? id : "none");

    private string MarkerOf(string id, int number) => Path.Combine(FolderOf(id), number.ToString(CultureInfo.InvariantCulture));
}
