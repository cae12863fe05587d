using System.Globalization;
using System.Security;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>
/// A storyboard as a thumbnail track of DASH: a segment for each sheet.
/// https://dashif.org/docs/DASH-IF-IOP-v4.3.pdf, section 6.2.6
/// </summary>
internal static class DashManifest
{
    public static string Write(SheetGrid grid) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" minBufferTime="PT1S" mediaPresentationDuration="PT{grid.Duration:0.######}S">
          <Period id="0" start="PT0S">
        {AdaptationSet(grid)}
          </Period>
        </MPD>

        """);

    /// <summary>Returns the adaptation set alone, to be pasted into the manifest of the video.</summary>
    /// <param name="grid">The storyboard.</param>
    /// <param name="folder">The URL of its folder, with a trailing slash.</param>
    public static string WriteFragment(SheetGrid grid, Uri folder) =>
        AdaptationSet(grid, $"      <BaseURL>{SecurityElement.Escape(folder.AbsoluteUri)}</BaseURL>\n") + "\n";

    private static string AdaptationSet(SheetGrid grid, string baseUrl = "")
    {
        // A single sheet may be smaller than the others would be.
        var (width, height) = grid.Sheets is [var only] ? (only.Width, only.Height) : (grid.Columns * grid.TileWidth, grid.Rows * grid.TileHeight);
        var (columns, rows) = (width / grid.TileWidth, height / grid.TileHeight);
        var (duration, timescale) = WholeUnits(columns * rows * grid.Interval);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
                <AdaptationSet mimeType="{grid.Format.ContentType()}" contentType="image">
            {baseUrl}      <SegmentTemplate media="$Number${grid.Format.Extension()}" duration="{duration}" timescale="{timescale}" startNumber="0"/>
                  <Representation id="thumbnails" bandwidth="{grid.Bandwidth}" width="{width}" height="{height}">
                    <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" value="{columns}x{rows}"/>
                  </Representation>
                </AdaptationSet>
            """);
    }

    // The duration of a segment is a whole number of units.
    private static (long Duration, int Timescale) WholeUnits(double seconds)
    {
        int[] timescales = [1, 1000, 1_000_000];
        var timescale = Array.Find(timescales, scale => Math.Abs(seconds * scale - Math.Round(seconds * scale)) < 1e-6);
        timescale = timescale == 0 ? timescales[^1] : timescale;
        return ((long)Math.Round(seconds * timescale), timescale);
    }
}
