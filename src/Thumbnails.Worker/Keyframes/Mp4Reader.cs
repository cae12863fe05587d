using System.Buffers.Binary;
using System.Text;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Keyframes;

/// <summary>Reads boxes of an MP4 file: a length, a type of four letters, and content, which can be boxes again.</summary>
internal sealed class Mp4Reader(VideoSource source)
{
    private const int MaxBoxes = 1000, MaxBytes = 1024 * 1024;

    /// <summary>Returns the first box of a type at the top of the file.</summary>
    public async Task<Mp4Box?> FindAsync(string type, CancellationToken cancellationToken) =>
        (await ListAsync(0, long.MaxValue, type, cancellationToken)).Find(box => box.Type == type);

    /// <summary>Returns the boxes in a box.</summary>
    public Task<List<Mp4Box>> ChildrenAsync(Mp4Box box, CancellationToken cancellationToken) =>
        ListAsync(box.Content, box.End, null, cancellationToken);

    /// <summary>Returns the only box with this path in a box; null when there is none or more than one.</summary>
    public async Task<Mp4Box?> DescendAsync(Mp4Box box, IEnumerable<string> path, CancellationToken cancellationToken)
    {
        var found = box;
        foreach (var type in path)
        {
            var children = await ChildrenAsync(found, cancellationToken);
            if (children.FindAll(child => child.Type == type) is not [var child])
                return null;
            found = child;
        }

        return found;
    }

    /// <summary>Reads a box with its header; null when it is implausibly large, or cut off.</summary>
    public async Task<byte[]?> ReadAsync(Mp4Box box, CancellationToken cancellationToken)
    {
        var length = box.End - box.Start;
        return length <= MaxBytes && await source.ReadAsync(box.Start, (int)length, cancellationToken) is var bytes && bytes.Length == length ? bytes : null;
    }

    private async Task<List<Mp4Box>> ListAsync(long start, long end, string? last, CancellationToken cancellationToken)
    {
        var boxes = new List<Mp4Box>();
        while (start < end && boxes.Count < MaxBoxes && (last is null || !boxes.Exists(box => box.Type == last)))
        {
            var header = await source.ReadAsync(start, 16, cancellationToken);
            if (header.Length < 8)
                break;
            long length = BinaryPrimitives.ReadUInt32BigEndian(header);
            var content = start + 8;
            if (length == 1 && header.Length == 16)
                (length, content) = (BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)), start + 16);
            // A length of 0 means to the end of the file.
            if (length < content - start || length > end - start)
                break;
            boxes.Add(new Mp4Box(Encoding.ASCII.GetString(header, 4, 4), start, content, start + length));
            start += length;
        }

        return boxes;
    }
}

/// <summary>A box of an MP4 file.</summary>
/// <param name="Type">The type.</param>
/// <param name="Start">The offset of its header.</param>
/// <param name="Content">The offset of its content.</param>
/// <param name="End">The offset of what follows it.</param>
internal sealed record Mp4Box(string Type, long Start, long Content, long End);
