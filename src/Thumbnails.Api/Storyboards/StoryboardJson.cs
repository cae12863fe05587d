using System.ComponentModel;
using System.Text.Json.Serialization;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>
/// A storyboard as the JSON that Vidstack reads. Unlike other manifests it has absolute URLs: players get it as an object, and do not
/// know where it came from.
/// </summary>
[Description("A tile of a storyboard, as Vidstack reads it.")]
internal sealed record VidstackTile
{
    [Description("When the tile begins to be shown, in seconds.")]
    public required double StartTime { get; init; }

    [Description("When the next tile begins, in seconds. The last tile ends with the video.")]
    public required double EndTime { get; init; }

    [Description("The URL of the sheet.")]
    public required Uri Url { get; init; }

    [Description("The width of the tile in pixels.")]
    public required int Width { get; init; }

    [Description("The height of the tile in pixels.")]
    public required int Height { get; init; }

    [Description("Where the tile is in the sheet.")]
    public required TilePlace Coords { get; init; }

    public static VidstackTile[] Of(StoryboardDocument document, Uri folder) =>
    [
        .. TileCue.Of(document).Select(tile => new VidstackTile
        {
            StartTime = tile.Start,
            EndTime = tile.End,
            Url = new Uri(folder, tile.File),
            Width = document.TileWidth,
            Height = document.TileHeight,
            Coords = new TilePlace { X = tile.X, Y = tile.Y },
        }),
    ];
}

[Description("The upper left corner of a tile in its sheet, in pixels.")]
internal sealed record TilePlace
{
    [Description("Pixels from the left.")]
    public required int X { get; init; }

    [Description("Pixels from the top.")]
    public required int Y { get; init; }
}

/// <summary>A storyboard of one sheet as the JSON that Mux and imgix have, with an absolute URL like theirs.</summary>
[Description("A storyboard of one sheet, in the form of Mux.")]
internal sealed record MuxStoryboard
{
    [Description("The URL of the sheet.")]
    public required Uri Url { get; init; }

    [JsonPropertyName("tile_width")]
    [Description("The width of a tile in pixels.")]
    public required int TileWidth { get; init; }

    [JsonPropertyName("tile_height")]
    [Description("The height of a tile in pixels.")]
    public required int TileHeight { get; init; }

    [Description("The duration of the video in seconds.")]
    public required double Duration { get; init; }

    [Description("The tiles, in order.")]
    public required IReadOnlyList<MuxTile> Tiles { get; init; }

    public static MuxStoryboard Of(StoryboardDocument document, Uri folder) => new()
    {
        Url = new Uri(folder, StoryboardDocument.SheetFile(0, document.Format)),
        TileWidth = document.TileWidth,
        TileHeight = document.TileHeight,
        Duration = document.Duration,
        Tiles = [.. TileCue.Of(document).Select(tile => new MuxTile { Start = tile.Start, X = tile.X, Y = tile.Y })],
    };
}

[Description("A tile of a storyboard, in the form of Mux.")]
internal sealed record MuxTile
{
    [Description("When the tile begins to be shown, in seconds.")]
    public required double Start { get; init; }

    [Description("Pixels from the left of the sheet.")]
    public required int X { get; init; }

    [Description("Pixels from the top of the sheet.")]
    public required int Y { get; init; }
}
