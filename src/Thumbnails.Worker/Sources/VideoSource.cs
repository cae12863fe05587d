using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Sources;

/// <summary>A video, wherever it is, as something that ffmpeg can open.</summary>
internal sealed class VideoSource : IAsyncDisposable
{
    private readonly LoopbackVideo? _remote;

    private readonly NamelessFile? _file;

    private VideoSource(LoopbackVideo remote) => (Input, _remote) = (remote.Input, remote);

    private VideoSource(NamelessFile file) => (Input, _file) = (MediaInput.File(file.Path), file);

    public MediaInput Input { get; }

    /// <summary>How many bytes of the video were fetched; null for a file of this machine.</summary>
    public long? BytesRead => _remote?.BytesRead;

    /// <summary>Why the video could not be fetched, when it could not.</summary>
    public StorageException? Failure => _remote?.Failure;

    public static VideoSource Of(IRangedObject video) => new(new LoopbackVideo(video));

    public static VideoSource OfFile(string path) => new(NamelessFile.Open(path));

    /// <summary>Takes over the file.</summary>
    public static VideoSource OfFile(NamelessFile file) => new(file);

    public async ValueTask DisposeAsync()
    {
        if (_remote is not null)
            await _remote.DisposeAsync();
        _file?.Dispose();
    }
}
