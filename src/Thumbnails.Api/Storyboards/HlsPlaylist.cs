using System.Globalization;
using System.Text;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Storyboards;

/// <summary>
/// A storyboard as an image media playlist: a segment for each sheet.
/// https://github.com/image-media-playlist/spec/blob/master/image_media_playlist_v0_4.pdf
/// </summary>
internal static class HlsPlaylist
{
    public static string Write(SheetGrid grid)
    {
        var longest = Enumerable.Range(0, grid.Sheets.Count).Select(grid.DurationOf).DefaultIfEmpty(1).Max();
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{Math.Ceiling(longest)}\n")
            .Append("#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-IMAGES-ONLY\n");
        for (var i = 0; i < grid.Sheets.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXTINF:{Seconds(grid.DurationOf(i))},\n")
                .Append(CultureInfo.InvariantCulture, $"#EXT-X-TILES:RESOLUTION={Resolution(grid)},LAYOUT={grid.LayoutOf(i)},DURATION={Seconds(grid.Interval)}\n")
                .Append(CultureInfo.InvariantCulture, $"{grid.FileOf(i)}\n");
        }

        return text.Append("#EXT-X-ENDLIST\n").ToString();
    }

    /// <summary>Returns the line for the master playlist of a video, which names the playlist of its storyboard.</summary>
    public static string MasterLine(SheetGrid grid, Uri playlist) => string.Create(
        CultureInfo.InvariantCulture,
        $"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH={grid.Bandwidth},RESOLUTION={Resolution(grid)},CODECS=\"{Codec(grid.Format)}\",URI=\"{playlist.AbsoluteUri}\"");

    private static string Resolution(SheetGrid grid) => $"{grid.TileWidth}x{grid.TileHeight}";

    private static string Codec(PictureFormat format) => format.ContentType()["image/".Length..];

    // Microsecond precision, so that rounding errors of many short intervals do not add up.
    private static string Seconds(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
