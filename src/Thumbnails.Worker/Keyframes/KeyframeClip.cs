using System.Buffers.Binary;
using System.Text;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Keyframes;

/// <summary>
/// An MP4 file that consists of a few keyframes of another one, a second apart, so that one ffmpeg decodes them and nothing else.
/// The boxes that describe the track and its frames are those of the original; the tables of its frames are new.
/// </summary>
internal sealed class KeyframeClip
{
    private const long MaxBytes = 128 * 1024 * 1024;

    private readonly VideoSource _source;
    private readonly IReadOnlyList<KeyframePacket> _packets;
    private readonly byte[] _header;

    private KeyframeClip(VideoSource source, IReadOnlyList<KeyframePacket> packets, byte[] header) =>
        (_source, _packets, _header) = (source, packets, header);

    /// <summary>Returns the clip; null when the file is not laid out in the usual way, or the keyframes are huge.</summary>
    public static async Task<KeyframeClip?> CreateAsync(VideoSource source, IReadOnlyList<KeyframePacket> packets, CancellationToken cancellationToken)
    {
        var reader = new Mp4Reader(source);
        var (type, movie) = (await reader.FindAsync("ftyp", cancellationToken), await reader.FindAsync("moov", cancellationToken));
        if (movie is null || await VideoTrackAsync(reader, movie, cancellationToken) is not { } track)
            return null;
        if (await ReadAsync(movie, "mvhd") is not { } movieHeader
            || await ReadAsync(track, "tkhd") is not { } trackHeader
            || await ReadAsync(track, "mdia", "hdlr") is not { } handler
            || await ReadAsync(track, "mdia", "minf", "stbl", "stsd") is not { } description
            || !IsSingle(description)
            || packets.Sum(packet => (long)packet.Size) > MaxBytes)
            return null;
        var fileType = type is null ? [] : await reader.ReadAsync(type, cancellationToken) ?? [];
        return new KeyframeClip(source, packets, Header(0) is var draft ? Header(draft.Length) : []);

        async Task<byte[]?> ReadAsync(Mp4Box parent, params string[] path) =>
            await reader.DescendAsync(parent, path, cancellationToken) is { } box ? await reader.ReadAsync(box, cancellationToken) : null;

        byte[] Header(int offset) =>
        [
            .. fileType,
            .. Box("moov", movieHeader, Box("trak", trackHeader, Box("mdia",
                Box("mdhd", Numbers(0, 0, 0, 1000, packets.Count * 1000, 0)),
                handler,
                Box("minf", Box("stbl",
                    description,
                    Box("stts", Numbers(0, 1, packets.Count, 1000)),
                    Box("stsc", Numbers(0, 1, 1, packets.Count, 1)),
                    Box("stsz", Numbers([0, 0, packets.Count, .. packets.Select(packet => packet.Size)])),
                    Box("stco", Numbers(0, 1, offset))))))),
            .. Numbers(8 + packets.Sum(packet => packet.Size)), .. "mdat"u8,
        ];
    }

    /// <summary>Writes the clip.</summary>
    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_header, cancellationToken);
        foreach (var packet in _packets)
            await output.WriteAsync(await _source.ReadAsync(packet.Offset, packet.Size, cancellationToken), cancellationToken);
    }

    private static async Task<Mp4Box?> VideoTrackAsync(Mp4Reader reader, Mp4Box movie, CancellationToken cancellationToken)
    {
        var tracks = new List<Mp4Box>();
        foreach (var track in await reader.ChildrenAsync(movie, cancellationToken))
        {
            if (track.Type == "trak" && await reader.DescendAsync(track, ["mdia", "hdlr"], cancellationToken) is { } box
                && await reader.ReadAsync(box, cancellationToken) is { Length: >= 20 } handler && handler.AsSpan(16, 4).SequenceEqual("vide"u8))
                tracks.Add(track);
        }

        return tracks is [var only] ? only : null;
    }

    private static bool IsSingle(byte[] description) => description.Length > 16 && BinaryPrimitives.ReadInt32BigEndian(description.AsSpan(12)) == 1;

    private static byte[] Box(string type, params byte[][] content)
    {
        byte[] bytes = [.. content.SelectMany(part => part)];
        return [.. Numbers(8 + bytes.Length), .. Encoding.ASCII.GetBytes(type), .. bytes];
    }

    private static byte[] Numbers(params int[] numbers)
    {
        var bytes = new byte[4 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), numbers[i]);
        return bytes;
    }
}
