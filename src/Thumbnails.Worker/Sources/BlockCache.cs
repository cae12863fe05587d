using Thumbnails.Core.Storage;

namespace Thumbnails.Worker.Sources;

/// <summary>
/// Reads a remote object in blocks and caches them, because ffprobe and every ffmpeg of a job read the same index. Sequential
/// reads fetch several blocks at a time, so that a long read takes few requests and a short one few bytes.
/// </summary>
internal sealed class BlockCache(IRangedObject source)
{
    public const int BlockSize = 128 * 1024;

    private const int MaxRun = 8;
    private const int MaxBlocks = 96;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, Task<byte[]>> _blocks = [];
    private readonly Queue<long> _order = [];
    private long _bytesRead;

    public long Length => source.Length;

    /// <summary>The number of bytes fetched from the source.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Returns the bytes from <paramref name="offset"/> to the end of its block.</summary>
    /// <param name="offset">Less than <see cref="Length"/>.</param>
    /// <param name="readOn">The number of consecutive blocks that the reader has read before this one.</param>
    /// <param name="cancellationToken">Ends the wait, but not the fetch, which other readers may share.</param>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(long offset, int readOn, CancellationToken cancellationToken)
    {
        var block = offset / BlockSize;
        var bytes = await BlockAsync(block, Math.Clamp(readOn / 2, 1, MaxRun)).WaitAsync(cancellationToken);
        return bytes.AsMemory((int)(offset - block * BlockSize));
    }

    private Task<byte[]> BlockAsync(long block, int run)
    {
        lock (_lock)
        {
            if (_blocks.TryGetValue(block, out var known) && !known.IsFaulted)
                return known;
            var count = 1;
            while (count < run && (block + count) * BlockSize < Length && !_blocks.ContainsKey(block + count))
                count++;
            var fetch = FetchAsync(block, count);
            for (var i = 0; i < count; i++)
                Keep(block + i, SliceAsync(fetch, i));
            return _blocks[block];
        }
    }

    private void Keep(long block, Task<byte[]> bytes)
    {
        if (!_blocks.ContainsKey(block))
            _order.Enqueue(block);
        _blocks[block] = bytes;
        if (_order.Count > MaxBlocks)
            _blocks.Remove(_order.Dequeue());
    }

    private async Task<byte[]> FetchAsync(long block, int count)
    {
        var offset = block * BlockSize;
        var bytes = await source.ReadAsync(offset, (int)Math.Min((long)count * BlockSize, Length - offset), CancellationToken.None);
        Interlocked.Add(ref _bytesRead, bytes.Length);
        return bytes;
    }

    private static async Task<byte[]> SliceAsync(Task<byte[]> fetch, int index)
    {
        var bytes = await fetch;
        return bytes.Length <= BlockSize ? bytes : bytes.AsSpan(index * BlockSize, Math.Min(BlockSize, bytes.Length - index * BlockSize)).ToArray();
    }
}
