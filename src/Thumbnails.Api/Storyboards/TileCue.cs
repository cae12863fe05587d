using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>A tile of a storyboard: when players show it, in seconds, and where it is, in pixels of its sheet.</summary>
internal readonly record struct TileCue(double Start, double End, string File, int X, int Y)
{
    /// <summary>Returns the tiles in order, without those that could not be made. The last one ends with the video.</summary>
    public static IEnumerable<TileCue> Of(StoryboardDocument document)
    {
        var (columns, tiles) = (document.Columns, document.Tiles);
        for (var i = 0; i < tiles.Count; i++)
        {
            if (tiles[i].Time is null)
                continue;
            var (sheet, place) = Math.DivRem(i, columns * document.Rows);
            yield return new TileCue(
                tiles[i].Start,
                i + 1 < tiles.Count ? tiles[i + 1].Start : document.Duration,
                StoryboardDocument.SheetFile(sheet, document.Format),
                place % columns * document.TileWidth,
                place / columns * document.TileHeight);
        }
    }
}
