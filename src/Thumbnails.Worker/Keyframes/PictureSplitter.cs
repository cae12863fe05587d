using System.Buffers.Binary;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker.Keyframes;

/// <summary>Separates pictures that an encoder has written one after the other.</summary>
internal static class PictureSplitter
{
    /// <exception cref="InvalidDataException">These are not whole pictures of that format.</exception>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> bytes, PictureFormat format)
    {
        var pictures = new List<byte[]>();
        try
        {
            while (!bytes.IsEmpty)
            {
                var length = format switch { PictureFormat.Jpeg => JpegLength(bytes), PictureFormat.Png => PngLength(bytes), _ => WebpLength(bytes) };
                pictures.Add(bytes[..length].ToArray());
                bytes = bytes[length..];
            }
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException("A picture is incomplete.", exception);
        }

        return pictures;
    }

    // Segments with a length, up to the start of the scan. In the scan, the end marker cannot occur by chance.
    private static int JpegLength(ReadOnlySpan<byte> bytes)
    {
        var position = 2;
        while (bytes[position..] is [0xFF, not 0xDA, ..])
            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 2)..]);
        return bytes[position..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) is >= 0 and var end ? position + end + 2 : throw new InvalidDataException("A JPEG has no end.");
    }

    // Chunks of a length, a type, data and a checksum, up to one of the type IEND.
    private static int PngLength(ReadOnlySpan<byte> bytes)
    {
        for (var position = 8; ;)
        {
            var isLast = bytes.Slice(position + 4, 4).SequenceEqual("IEND"u8);
            position += 12 + BinaryPrimitives.ReadInt32BigEndian(bytes[position..]);
            if (isLast)
                return position;
        }
    }

    private static int WebpLength(ReadOnlySpan<byte> bytes) => 8 + BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
}
