using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>Files that are not what they claim to be, each as small as possible.</summary>
internal static class HostileFiles
{
    public static byte[] Hls(string address) =>
        Encoding.UTF8.GetBytes($"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n");

    public static byte[] Concat(string address) => Encoding.UTF8.GetBytes($"ffconcat version 1.0\nfile '{address}'\n");

    public static byte[] Dash(string address) => Encoding.UTF8.GetBytes(
        $"""
         <?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT10S"><Period>
         <AdaptationSet contentType="video"><Representation id="1" bandwidth="1"><BaseURL>{address}</BaseURL></Representation></AdaptationSet>
         </Period></MPD>
         """);

    public static byte[] Svg(string address) => Encoding.UTF8.GetBytes(
        $"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="64" height="64"><image width="64" height="64" x:href="{address}"/></svg>""");

    /// <summary>A zip archive with an uncompressed playlist inside and optionally, as in self-extracting archives, before it.</summary>
    public static byte[] Zip(byte[] playlist, bool before)
    {
        using var file = new MemoryStream();
        if (before)
            file.Write(playlist);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("video.m3u8", CompressionLevel.NoCompression).Open();
            entry.Write(playlist);
        }

        return file.ToArray();
    }

    /// <summary>A single pixel on a canvas of 65,535 x 65,535.</summary>
    public static byte[] HugeGif() =>
        [.. "GIF89a"u8, 0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, (byte)',', 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 2, 0x4c, 1, 0, (byte)';'];

    public static byte[] HugeYuv() => "YUV4MPEG2 W65535 H65535 F25:1 Ip A1:1 C420jpeg\nFRAME\n\0\0\0\0"u8.ToArray();

    /// <summary>A single-color picture whose file is a thousandth of its size in memory.</summary>
    public static byte[] PixelBomb(int side)
    {
        using var pixels = new MemoryStream();
        using (var zlib = new ZLibStream(pixels, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + side * 3];
            for (var y = 0; y < side; y++)
                zlib.Write(row);
        }

        return
        [
            0x89, .. "PNG\r\n\u001a\n"u8,
            .. PngChunk("IHDR", [.. BigEndian(side), .. BigEndian(side), 8, 2, 0, 0, 0]),
            .. PngChunk("acTL", [.. BigEndian(1), .. BigEndian(0)]),
            .. PngChunk("fcTL", [.. BigEndian(0), .. BigEndian(side), .. BigEndian(side), .. BigEndian(0), .. BigEndian(0), 0, 1, 0, 25, 0, 0]),
            .. PngChunk("IDAT", pixels.ToArray()),
            .. PngChunk("IEND", []),
        ];
    }

    /// <summary>A QuickTime header that is small only because it is compressed.</summary>
    public static byte[] HeaderBomb(int size)
    {
        using var header = new MemoryStream();
        using (var zlib = new ZLibStream(header, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var written = 0; written < size; written += zeros.Length)
                zlib.Write(zeros);
        }

        return
        [
            .. Box("ftyp", "qt  \0\0\0\0qt  "u8.ToArray()),
            .. Box("moov", Box("cmov", [.. Box("dcom", "zlib"u8.ToArray()), .. Box("cmvd", [.. BigEndian(size), .. header.ToArray()])])),
        ];
    }

    /// <summary>An MP4 file that contains only tracks without any details.</summary>
    public static byte[] ManyTracks(int count) =>
        [.. Box("ftyp", "isom\0\0\0\0isom"u8.ToArray()), .. Box("moov", [.. Enumerable.Repeat(Box("trak", []), count).SelectMany(track => track)])];

    /// <summary>A Matroska file that contains only fully described tracks.</summary>
    public static byte[] ManyStreams(int count)
    {
        var tracks = new List<byte>(count * 23);
        for (var i = 1; i <= count; i++)
            tracks.AddRange(Element([0xae], [0xd7, 0x83, (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0x83, 0x81, 0x11, 0x86, 0x8b, .. "S_TEXT/UTF8"u8]));
        return
        [
            .. Element([0x1a, 0x45, 0xdf, 0xa3], [0x42, 0x82, 0x88, .. "matroska"u8]),
            .. Element([0x18, 0x53, 0x80, 0x67], [.. Element([0x16, 0x54, 0xae, 0x6b], [.. tracks]), .. Element([0x1f, 0x43, 0xb6, 0x75], [0xe7, 0x81, 0])]),
        ];
    }

    private static byte[] Element(byte[] id, byte[] content)
    {
        if (content.Length < 127)
            return [.. id, (byte)(0x80 | content.Length), .. content];
        var size = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, (1L << 56) + content.Length);
        return [.. id, .. size, .. content];
    }

    private static byte[] Box(string type, byte[] content) => [.. BigEndian(content.Length + 8), .. Encoding.ASCII.GetBytes(type), .. content];

    private static byte[] PngChunk(string type, byte[] content)
    {
        byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. content];
        return [.. BigEndian(content.Length), .. checkedPart, .. BigEndian((int)Crc(checkedPart))];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
        }

        return ~crc;
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
