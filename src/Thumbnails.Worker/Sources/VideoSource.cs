using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Sources;

/// <summary>A local or remote video that ffmpeg can open.</summary>
internal sealed class VideoSource : IAsyncDisposable
{
    private readonly LoopbackVideo? _remote;

    private readonly NamelessFile? _file;

    private VideoSource(LoopbackVideo remote) => (Input, _remote) = (remote.Input, remote);

    private VideoSource(NamelessFile file) => (Input, _file) = (MediaInput.File(file.Path), file);

    public MediaInput Input { get; }

    /// <summary>The number of bytes of the video that were fetched; null for a local file.</summary>
    public long? BytesRead => _remote?.BytesRead;

    /// <summary>The last error of the store; null when there was none.</summary>
    public StorageException? Failure => _remote?.Failure;

    public static VideoSource Of(IRangedObject video) => new(new LoopbackVideo(video));

    public static VideoSource OfFile(string path) => new(NamelessFile.Open(path));

    /// <summary>Creates a source that owns the file.</summary>
    public static VideoSource OfFile(NamelessFile file) => new(file);

    /// <summary>Reads a part of the video, and less at its end.</summary>
    /// <exception cref="StorageException">The bytes cannot be read.</exception>
    public async Task<byte[]> ReadAsync(long offset, int count, CancellationToken cancellationToken)
    {
        if (_remote is not null)
            return await _remote.ReadAsync(offset, count, cancellationToken);
        using var file = File.OpenHandle(_file!.Path);
        var (bytes, length) = (new byte[count], 0);
        while (length < count && await RandomAccess.ReadAsync(file, bytes.AsMemory(length), offset + length, cancellationToken) is > 0 and var read)
            length += read;
        return bytes[..length];
    }

    public async ValueTask DisposeAsync()
    {
        if (_remote is not null)
            await _remote.DisposeAsync();
        _file?.Dispose();
    }
}
