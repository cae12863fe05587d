namespace Thumbnails.Core.Jobs;

/// <summary>A storyboard to make: tiles over the whole video, arranged in sheets.</summary>
public sealed record StoryboardRequest
{
    /// <summary>The maximum number of tiles in a storyboard.</summary>
    public const int MaxTiles = 10_000;

    /// <summary>The maximum number of sheets in a storyboard, all of which a response lists with their presigned URLs.</summary>
    public const int MaxSheets = 1000;

    /// <summary>The folder of the sheets.</summary>
    public required StoryboardName Name { get; init; }

    /// <summary>The time from one tile to the next, in seconds; null for a hundredth of the video's duration, within 1 to 10 seconds.</summary>
    public double? Interval { get; init; }

    /// <summary>The width of a tile in pixels. Its height follows from the shape of the video.</summary>
    public int Width { get; init; } = 320;

    /// <summary>The number of tiles in a row of a sheet.</summary>
    public int Columns { get; init; } = 5;

    /// <summary>
    /// The number of rows of a sheet. The only sheet of a storyboard has just those that it needs. All of several sheets have the same
    /// size, the last one too: players compute the place of a tile from the size of the first sheet, and stretch the others to it.
    /// </summary>
    public int Rows { get; init; } = 4;

    /// <summary>The format of the sheets: PNG, JPEG or WebP.</summary>
    public PictureFormat Format { get; init; } = PictureFormat.Jpeg;

    /// <summary>The quality, 1 to 100; null for the format's default. Ignored for PNG.</summary>
    public int? Quality { get; init; }

    /// <summary>The action when a storyboard with this name exists.</summary>
    public IfExists IfExists { get; init; }

    /// <summary>Returns the time from one tile to the next for a video of this duration, in seconds.</summary>
    public double IntervalFor(double duration) => Interval ?? Math.Clamp(duration / 100, 1, 10);
}

/// <summary>The outcome of a storyboard: its shape, without the tiles, which are in its <see cref="StoryboardDocument"/>.</summary>
public sealed record StoryboardResult
{
    /// <summary>The time from one tile to the next, in seconds.</summary>
    public double Interval { get; init; }

    /// <summary>The duration of the video in seconds, where the last tile ends.</summary>
    public double Duration { get; init; }

    /// <summary>The width of a tile in pixels.</summary>
    public int TileWidth { get; init; }

    /// <summary>The height of a tile in pixels.</summary>
    public int TileHeight { get; init; }

    /// <summary>The number of tiles, including those that could not be made.</summary>
    public int Tiles { get; init; }

    /// <summary>The number of tiles that could not be made, because the video is damaged there.</summary>
    public int FailedTiles { get; init; }

    /// <summary>The sheets, in order.</summary>
    public IReadOnlyList<StoryboardSheet> Sheets { get; init; } = [];

    /// <summary>A known defect of the tiles, for users; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>Why there is no storyboard.</summary>
    public JobError? Error { get; init; }
}

/// <summary>A sheet of a storyboard.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="SizeBytes">The size of the file.</param>
public sealed record StoryboardSheet(int Width, int Height, long SizeBytes);

/// <summary>
/// Everything about a storyboard, stored beside its sheets as <c>storyboard.json</c>. Manifests for players are made from it.
/// </summary>
public sealed record StoryboardDocument
{
    /// <summary>The duration of the video in seconds, where the last tile ends.</summary>
    public required double Duration { get; init; }

    /// <summary>The time from one tile to the next, in seconds.</summary>
    public required double Interval { get; init; }

    /// <summary>The width of a tile in pixels.</summary>
    public required int TileWidth { get; init; }

    /// <summary>The height of a tile in pixels.</summary>
    public required int TileHeight { get; init; }

    /// <summary>The number of tiles in a row.</summary>
    public required int Columns { get; init; }

    /// <summary>The number of rows of a sheet. A storyboard with a single sheet may use fewer.</summary>
    public required int Rows { get; init; }

    /// <summary>The format of the sheets.</summary>
    public required PictureFormat Format { get; init; }

    /// <summary>The sheets, in order.</summary>
    public required IReadOnlyList<StoryboardSheet> Sheets { get; init; }

    /// <summary>The tiles, in order: tile <c>i</c> is in sheet <c>i / (Columns * Rows)</c>, from left to right and top to bottom.</summary>
    public required IReadOnlyList<StoryboardTile> Tiles { get; init; }

    /// <summary>The file name of a sheet, counted from 0.</summary>
    public static string SheetFile(int sheet, PictureFormat format) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{sheet}{format.Extension()}");
}

/// <summary>A tile of a storyboard.</summary>
/// <param name="Start">When players begin to show it, in seconds: its index times the interval.</param>
/// <param name="Time">The presentation time of the frame that it shows, in seconds from the start of the video; null when it could not be made.</param>
public sealed record StoryboardTile(double Start, double? Time)
{
    /// <summary>Why the tile could not be made; the sheet is black there.</summary>
    public JobError? Error { get; init; }
}
