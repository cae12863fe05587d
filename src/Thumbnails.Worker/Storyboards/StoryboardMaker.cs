using System.Text.Json;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storage;

namespace Thumbnails.Worker.Storyboards;

/// <summary>Makes and stores a storyboard: its sheets, one at a time, then the document that describes them.</summary>
internal sealed class StoryboardMaker(MediaTools tools, JobObjects objects, StepLog log, int threads)
{
    /// <exception cref="JobFailedException">The storyboard cannot be made.</exception>
    public async Task<StoryboardResult> RunAsync(
        StoryboardRequest request, ProbedVideo video, FrameExtractor extractor, CancellationToken cancellationToken)
    {
        var plan = StoryboardPlan.Of(request, video.Info.Duration!.Value);
        var documentKey = ObjectKeys.Storyboard(request.Name);
        if (request.IfExists == IfExists.Fail && await objects.ExistsAsync(documentKey, cancellationToken))
            throw new JobFailedException(JobErrorCode.OutputExists, "A storyboard of this name exists already. Choose another name, or ifExists=replace.");
        await using var source = await TileSource.OpenAsync(tools, extractor, video, plan, request.Width, threads, cancellationToken);
        var (sheets, tiles) = await MakeSheetsAsync(request, plan, source, cancellationToken);
        var document = new StoryboardDocument
        {
            Duration = plan.Duration,
            Interval = plan.Interval,
            TileWidth = source.Format.Width,
            TileHeight = source.Format.Height,
            Columns = request.Columns,
            Rows = request.Rows,
            Format = request.Format,
            Sheets = sheets,
            Tiles = tiles,
        };
        await StoreAsync(request, document, cancellationToken);
        return new StoryboardResult
        {
            Interval = document.Interval,
            Duration = document.Duration,
            TileWidth = document.TileWidth,
            TileHeight = document.TileHeight,
            Tiles = tiles.Count,
            FailedTiles = tiles.Count(tile => tile.Error is not null),
            Sheets = sheets,
            Warning = video.Warning,
        };
    }

    private async Task<(IReadOnlyList<StoryboardSheet> Sheets, IReadOnlyList<StoryboardTile> Tiles)> MakeSheetsAsync(
        StoryboardRequest request, StoryboardPlan plan, TileSource source, CancellationToken cancellationToken)
    {
        var (sheets, tiles) = (new List<StoryboardSheet>(), new List<StoryboardTile>());
        var encoder = new SheetEncoder(tools, request.Format, request.Quality);
        var capacity = request.Columns * request.Rows;
        // All sheets have the same size, because players assume that of the first one.
        var slots = Math.Min(capacity, plan.Tiles);
        encoder.Check((long)request.Columns * source.Format.Width, (long)((slots + request.Columns - 1) / request.Columns) * source.Format.Height);
        while (tiles.Count < plan.Tiles)
        {
            var count = Math.Min(capacity, plan.Tiles - tiles.Count);
            var sheet = new Sheet(source.Format, request.Columns, slots);
            tiles.AddRange(await source.FillAsync(sheet, tiles.Count, count, cancellationToken));
            // Nothing is stored before the first tile: without any tile, there is no storyboard.
            if (tiles.TrueForAll(tile => tile.Error is not null))
                continue;
            while (sheets.Count < (tiles.Count - 1) / capacity)
                sheets.Add(await StoreAsync(request, encoder, new Sheet(source.Format, request.Columns, slots), sheets.Count, cancellationToken));
            sheets.Add(await StoreAsync(request, encoder, sheet, sheets.Count, cancellationToken));
        }

        return sheets.Count > 0 ? (sheets, tiles) : throw new JobFailedException(tiles[0].Error!.Code, tiles[0].Error!.Message);
    }

    private async Task<StoryboardSheet> StoreAsync(
        StoryboardRequest request, SheetEncoder encoder, Sheet sheet, int number, CancellationToken cancellationToken)
    {
        var picture = await encoder.EncodeAsync(sheet, cancellationToken);
        var key = ObjectKeys.StoryboardSheet(request.Name, number, request.Format);
        await objects.StoreAsync(key, request.Format.ContentType(), picture, IfExists.Replace, cancellationToken);
        return new StoryboardSheet(sheet.Width, sheet.Height, picture.Length);
    }

    private async Task StoreAsync(StoryboardRequest request, StoryboardDocument document, CancellationToken cancellationToken)
    {
        ReplacedSheets? replaced = null;
        await TryAsync(async () => replaced = await ReplacedSheets.FindAsync(objects.Store, request.Name, cancellationToken));
        var json = JsonSerializer.SerializeToUtf8Bytes(document, CoreJson.Default.StoryboardDocument);
        await objects.StoreAsync(ObjectKeys.Storyboard(request.Name), "application/json", json, request.IfExists, cancellationToken);
        if (replaced is not null)
            await TryAsync(() => replaced.RemoveAsync(document, cancellationToken));
    }

    // Sheets that remain are no reason to fail.
    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception) when (exception is StorageException or DamagedRecordException)
        {
            log.Failure("the replaced sheets could not be removed", exception.ToString());
        }
    }
}
