using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>The times and the layout of the sheets of a storyboard.</summary>
internal sealed record SheetGrid(
    double Duration, double Interval, int TileWidth, int TileHeight, int Columns, int Rows, PictureFormat Format, IReadOnlyList<StoryboardSheet> Sheets)
{
    public static SheetGrid Of(StoryboardDocument document) => new(
        document.Duration, document.Interval, document.TileWidth, document.TileHeight, document.Columns, document.Rows, document.Format, document.Sheets);

    public static SheetGrid Of(StoryboardRequest request, StoryboardResult result) => new(
        result.Duration, result.Interval, result.TileWidth, result.TileHeight, request.Columns, request.Rows, request.Format, result.Sheets);

    /// <summary>The time that a whole sheet covers, in seconds.</summary>
    public double SheetDuration => Columns * Rows * Interval;

    /// <summary>The data rate of the sheet with the most bits for its time, in bits per second.</summary>
    public long Bandwidth => Sheets.Select((sheet, i) => (long)Math.Ceiling(sheet.SizeBytes * 8 / DurationOf(i))).DefaultIfEmpty(1).Max();

    public string FileOf(int sheet) => StoryboardDocument.SheetFile(sheet, Format);

    /// <summary>Returns the time that a sheet covers, in seconds. The last one ends with the video.</summary>
    public double DurationOf(int sheet) => sheet < Sheets.Count - 1 ? SheetDuration : Math.Max(Duration - sheet * SheetDuration, 0.001);

    /// <summary>Returns how many tiles a sheet has room for, as columns x rows.</summary>
    public string LayoutOf(int sheet) => $"{Sheets[sheet].Width / TileWidth}x{Sheets[sheet].Height / TileHeight}";
}
