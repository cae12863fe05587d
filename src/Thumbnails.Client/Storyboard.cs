namespace Thumbnails.Client;

/// <summary>A storyboard to make: small pictures of the whole video. Members that are null take the service's default.</summary>
public sealed record StoryboardRequest
{
    /// <summary>The folder of its sheets.</summary>
    public required string Name { get; init; }

    /// <summary>The seconds from one tile to the next.</summary>
    public double? Interval { get; init; }

    /// <summary>The width of a tile, in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>The number of tiles in a row of a sheet.</summary>
    public int? Columns { get; init; }

    /// <summary>The number of rows of a sheet.</summary>
    public int? Rows { get; init; }

    /// <summary>jpg, png or webp.</summary>
    public string? Format { get; init; }

    /// <summary>1 to 100, for jpg and webp.</summary>
    public int? Quality { get; init; }
}

/// <summary>The storyboard of a job. Members are null until it exists.</summary>
public sealed record Storyboard
{
    /// <summary>The folder of its sheets.</summary>
    public required string Name { get; init; }

    /// <summary>The seconds from one tile to the next.</summary>
    public double? Interval { get; init; }

    /// <summary>The duration of the video, in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The width of a tile, in pixels.</summary>
    public int TileWidth { get; init; }

    /// <summary>The height of a tile, in pixels.</summary>
    public int? TileHeight { get; init; }

    /// <summary>The number of tiles in a row of a sheet.</summary>
    public int Columns { get; init; }

    /// <summary>The number of rows of a sheet.</summary>
    public int Rows { get; init; }

    /// <summary>The number of tiles.</summary>
    public int? Tiles { get; init; }

    /// <summary>The number of tiles that could not be made, because the video is damaged there.</summary>
    public int? FailedTiles { get; init; }

    /// <summary>The sheets, in order; empty until they exist.</summary>
    public IReadOnlyList<Sheet> Sheets { get; init; } = [];

    /// <summary>When the URLs of the sheets expire.</summary>
    public DateTimeOffset? UrlExpiresAt { get; init; }

    /// <summary>The manifests for players, which need no credentials.</summary>
    public StoryboardUrls? Urls { get; init; }

    /// <summary>The line for the HLS master playlist of the video, which refers to the storyboard.</summary>
    public string? HlsImageStream { get; init; }

    /// <summary>A known defect of the tiles; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>Why there is no storyboard.</summary>
    public JobError? Error { get; init; }
}

/// <summary>A sheet of a storyboard.</summary>
/// <param name="Key">Its key in the store.</param>
/// <param name="Url">A presigned URL.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="SizeBytes">In bytes.</param>
public sealed record Sheet(string Key, Uri Url, int Width, int Height, long SizeBytes);

/// <summary>The manifests of a storyboard. Their URLs need no credentials: anyone who has one can see the storyboard.</summary>
/// <param name="Vtt">WebVTT.</param>
/// <param name="Json">JSON as Vidstack reads it.</param>
/// <param name="Hls">An HLS image media playlist.</param>
/// <param name="Dash">A DASH manifest.</param>
/// <param name="DashAdaptationSet">The adaptation set alone, to be pasted into the DASH manifest of the video.</param>
public sealed record StoryboardUrls(Uri Vtt, Uri Json, Uri Hls, Uri Dash, Uri DashAdaptationSet);
