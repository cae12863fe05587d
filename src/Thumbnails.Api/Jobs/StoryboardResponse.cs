using System.ComponentModel;
using Thumbnails.Api.Storyboards;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

[Description("The storyboard of a job.")]
internal sealed record StoryboardResponse
{
    [Description("The name of the storyboard.")]
    public required StoryboardName Name { get; init; }

    [Description("The time from one tile to the next, in seconds; null until the storyboard exists, unless the request has it.")]
    public double? Interval { get; init; }

    [Description("The duration of the video in seconds, where the last tile ends; null until the storyboard exists.")]
    public double? Duration { get; init; }

    [Description("The width of a tile in pixels: the requested width until the storyboard exists.")]
    public required int TileWidth { get; init; }

    [Description("The height of a tile in pixels; null until the storyboard exists.")]
    public int? TileHeight { get; init; }

    [Description("The number of tiles in a row of a sheet.")]
    public required int Columns { get; init; }

    [Description("The number of rows of a sheet. A storyboard of one sheet has only the rows that it needs.")]
    public required int Rows { get; init; }

    [Description("The number of tiles, including those that could not be made; null until the storyboard exists.")]
    public int? Tiles { get; init; }

    [Description("The number of tiles that could not be made, because the video is damaged there; null until the storyboard exists.")]
    public int? FailedTiles { get; init; }

    [Description("The sheets, in order; empty until the storyboard exists.")]
    public required IReadOnlyList<SheetResponse> Sheets { get; init; }

    [Description("When the URLs of the sheets expire; null until the storyboard exists. Those in urls do not expire.")]
    public DateTimeOffset? UrlExpiresAt { get; init; }

    [Description("The manifests for players; null until the storyboard exists.")]
    public StoryboardUrls? Urls { get; init; }

    [Description("The line for the HLS master playlist of the video, which refers to the storyboard (EXT-X-IMAGE-STREAM-INF); null until the storyboard exists.")]
    public string? HlsImageStream { get; init; }

    [Description("What is known to be wrong with the storyboard, such as colors that cannot be converted; null when nothing is.")]
    public string? Warning { get; init; }

    [Description("Why the storyboard could not be made; null unless that happened.")]
    public JobError? Error { get; init; }
}

[Description("A sheet of a storyboard.")]
internal sealed record SheetResponse
{
    [Description("The key of the sheet in storage.")]
    public required ObjectKey Key { get; init; }

    [Description("A presigned URL of the sheet, which works without credentials until urlExpiresAt. GET the job again for a new URL.")]
    public required Uri Url { get; init; }

    [Description("The width of the sheet in pixels.")]
    public required int Width { get; init; }

    [Description("The height of the sheet in pixels.")]
    public required int Height { get; init; }

    [Description("The size of the file in bytes.")]
    public required long SizeBytes { get; init; }
}

[Description("The preview of a job.")]
internal sealed record PreviewResponse
{
    [Description("The name of the preview.")]
    public required PreviewName OutputName { get; init; }

    [Description("The key of the preview in storage.")]
    public required ObjectKey Key { get; init; }

    [Description("A presigned URL of the preview, which works without credentials until urlExpiresAt; null until the preview exists. GET the job again for a new URL.")]
    public Uri? Url { get; init; }

    [Description("When url expires.")]
    public DateTimeOffset? UrlExpiresAt { get; init; }

    [Description("The width of the preview in pixels; null until the preview exists.")]
    public int? Width { get; init; }

    [Description("The height of the preview in pixels; null until the preview exists.")]
    public int? Height { get; init; }

    [Description("The size of the file in bytes; null until the preview exists.")]
    public long? SizeBytes { get; init; }

    [Description("The duration of the preview in seconds, shorter than requested when the video is; null until the preview exists.")]
    public double? Duration { get; init; }

    [Description("The number of frames of the preview; null until the preview exists.")]
    public int? FrameCount { get; init; }

    [Description("Where in the video the segments of the preview start, in seconds; empty until the preview exists.")]
    public required IReadOnlyList<double> SegmentStarts { get; init; }

    [Description("What is known to be wrong with the preview; null when nothing is.")]
    public string? Warning { get; init; }

    [Description("Why the preview could not be made; null unless that happened.")]
    public JobError? Error { get; init; }
}
