namespace Thumbnails.Worker.Storyboards;

/// <summary>The pixels of a sheet: 24 bits of RGB for each, row by row. Tiles that are not set are black.</summary>
internal sealed class Sheet(TileFormat format, int columns, int tiles)
{
    private readonly byte[] _pixels = new byte[columns * ((tiles + columns - 1) / columns) * format.Bytes];

    public int Width => columns * format.Width;

    public int Height => (tiles + columns - 1) / columns * format.Height;

    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>Sets a tile, counted from the first one of the sheet.</summary>
    public void Set(int tile, ReadOnlySpan<byte> pixels)
    {
        var (row, left, length) = (tile / columns * format.Height, tile % columns * format.Width * 3, format.Width * 3);
        for (var y = 0; y < format.Height; y++)
            pixels.Slice(y * length, length).CopyTo(_pixels.AsSpan((row + y) * Width * 3 + left));
    }
}
