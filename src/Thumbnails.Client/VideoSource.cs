namespace Thumbnails.Client;

/// <summary>A video to upload, whose pieces can be read repeatedly.</summary>
internal abstract class VideoSource(string name, long length)
{
    public string Name => name;

    public long Length => length;

    /// <summary>Whether several pieces can be read concurrently.</summary>
    public abstract bool IsParallel { get; }

    /// <summary>A stream that begins at the given offset, and whether its reader closes it.</summary>
    public abstract (Stream Stream, bool Close) OpenAt(long offset);
}

internal sealed class FileSource(string path) : VideoSource(Path.GetFileName(path), new FileInfo(path).Length)
{
    public override bool IsParallel => true;

    public override (Stream Stream, bool Close) OpenAt(long offset)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        file.Position = offset;
        return (file, true);
    }
}

internal sealed class StreamSource : VideoSource
{
    private readonly Stream _video;

    public StreamSource(Stream video, string name)
        : base(name, LengthOf(video)) => _video = video;

    public override bool IsParallel => false;

    public override (Stream Stream, bool Close) OpenAt(long offset)
    {
        _video.Position = offset;
        return (_video, false);
    }

    private static long LengthOf(Stream video) =>
        video.CanSeek ? video.Length : throw new ArgumentException("The stream must support seeking, because an upload needs its length and may have to be repeated.", nameof(video));
}
