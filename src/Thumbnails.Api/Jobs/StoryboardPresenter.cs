using Thumbnails.Api.Storyboards;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Builds the part of a job's response that shows its storyboard and its preview.</summary>
internal sealed class StoryboardPresenter(IObjectStore store)
{
    public async Task<StoryboardResponse?> ShowAsync(Job job, StoryboardResult? result, Uri baseUrl, CancellationToken cancellationToken)
    {
        if (job.Storyboard is not { } request)
            return null;
        var pending = new StoryboardResponse
        {
            Name = request.Name,
            Interval = request.Interval,
            TileWidth = request.Width,
            Columns = request.Columns,
            Rows = request.Rows,
            Sheets = [],
            Error = result?.Error,
        };
        if (result is not { Error: null })
            return pending;
        var (sheets, expiresAt) = await SheetsAsync(request, result, baseUrl, cancellationToken);
        var urls = StoryboardUrls.Of(StoryboardUrls.FolderOf($"{new ViewToken(job.Id, job.ViewSecret!)}", baseUrl));
        return pending with
        {
            Interval = result.Interval,
            Duration = result.Duration,
            TileWidth = result.TileWidth,
            TileHeight = result.TileHeight,
            Tiles = result.Tiles,
            FailedTiles = result.FailedTiles,
            Sheets = sheets,
            UrlExpiresAt = expiresAt,
            Urls = urls,
            HlsImageStream = HlsPlaylist.MasterLine(SheetGrid.Of(request, result), urls.Hls),
            Warning = result.Warning,
        };
    }

    public async Task<PreviewResponse?> ShowAsync(PreviewRequest? request, PreviewResult? result, Uri baseUrl, CancellationToken cancellationToken)
    {
        if (request is null)
            return null;
        var key = ObjectKeys.Preview(request.OutputName);
        var presigned = result is { Error: null } ? await store.PresignDownloadAsync(key, JobPresenter.UrlLifetime, cancellationToken) : null;
        return new PreviewResponse
        {
            OutputName = request.OutputName,
            Key = key,
            Url = presigned is null ? null : new Uri(baseUrl, presigned.Url),
            UrlExpiresAt = presigned?.ExpiresAt,
            Width = result?.Width,
            Height = result?.Height,
            SizeBytes = result?.SizeBytes,
            Duration = result?.Duration,
            FrameCount = result?.FrameCount,
            SegmentStarts = result?.SegmentStarts ?? [],
            Warning = result?.Warning,
            Error = result?.Error,
        };
    }

    private async Task<(IReadOnlyList<SheetResponse> Sheets, DateTimeOffset? ExpiresAt)> SheetsAsync(
        StoryboardRequest request, StoryboardResult result, Uri baseUrl, CancellationToken cancellationToken)
    {
        DateTimeOffset? expiresAt = null;
        var sheets = new SheetResponse[result.Sheets.Count];
        for (var i = 0; i < sheets.Length; i++)
        {
            var key = ObjectKeys.StoryboardSheet(request.Name, i, request.Format);
            var presigned = await store.PresignDownloadAsync(key, JobPresenter.UrlLifetime, cancellationToken);
            expiresAt ??= presigned.ExpiresAt;
            var (width, height, sizeBytes) = result.Sheets[i];
            sheets[i] = new SheetResponse { Key = key, Url = new Uri(baseUrl, presigned.Url), Width = width, Height = height, SizeBytes = sizeBytes };
        }

        return (sheets, expiresAt);
    }
}
