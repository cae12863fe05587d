using System.Text.Json;
using System.Xml.Linq;
using Thumbnails.Api.Storyboards;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Tests;

/// <summary>Compares manifests character by character, because players reject variations.</summary>
public class StoryboardManifestTests
{
    private static readonly Uri Folder = new("https://example.com/view/t/");

    // 26 tiles of 10 s, of which the last has 3.5 s, in sheets of 5 x 4.
    private static readonly StoryboardDocument Long = Document(253.5, 10, 26, (1600, 720, 400_000), (1600, 720, 100_000));

    [Fact]
    public void WebVTT_has_a_cue_for_each_tile_and_ends_with_the_video()
    {
        var cues = WebVtt.Write(Long).Split("\n\n");

        Assert.Equal(27, cues.Length);
        Assert.Equal("WEBVTT", cues[0]);
        Assert.Equal("00:00:00.000 --> 00:00:10.000\n0.jpg#xywh=0,0,320,180", cues[1]);
        Assert.Equal("00:01:00.000 --> 00:01:10.000\n0.jpg#xywh=320,180,320,180", cues[7]);
        Assert.Equal("00:03:20.000 --> 00:03:30.000\n1.jpg#xywh=0,0,320,180", cues[21]);
        Assert.Equal("00:04:10.000 --> 00:04:13.500\n1.jpg#xywh=0,180,320,180\n", cues[26]);
    }

    [Theory]
    [InlineData(36_000, 3600, 10, "09:00:00.000 --> 10:00:00.000")]
    [InlineData(400_000, 200_000, 2, "55:33:20.000 --> 111:06:40.000")]
    [InlineData(3, 1.001, 3, "00:00:02.002 --> 00:00:03.000")]
    [InlineData(2, 2.0 / 3, 3, "00:00:01.333 --> 00:00:02.000")]
    [InlineData(0.04, 1, 1, "00:00:00.000 --> 00:00:00.040")]
    [InlineData(0.0001, 1, 1, "00:00:00.000 --> 00:00:00.001")]
    public void WebVTT_cue_times_are_rounded_to_milliseconds_and_never_empty(double duration, double interval, int tiles, string last) =>
        Assert.Equal(last, WebVtt.Write(Document(duration, interval, tiles, (1600, 720, 1))).TrimEnd().Split('\n')[^2]);

    [Fact]
    public void WebVTT_has_no_cue_for_a_tile_that_could_not_be_made()
    {
        var damaged = Long with { Tiles = [Long.Tiles[0], new StoryboardTile(10, null), new StoryboardTile(20, 20)] };

        Assert.Equal(["00:00:00.000 --> 00:00:10.000", "00:00:20.000 --> 00:04:13.500"], WebVtt.Write(damaged).Split('\n').Where(line => line.Contains("-->", StringComparison.Ordinal)));
        Assert.Equal([0, 20], VidstackTile.Of(damaged, Folder).Select(tile => tile.StartTime));
        Assert.Equal([0, 20], MuxStoryboard.Of(damaged, Folder).Tiles.Select(tile => tile.Start));
    }

    [Fact]
    public void Storyboard_JSON_has_the_formats_of_Vidstack_and_Mux()
    {
        var document = Document(13.5, 10, 2, (1600, 180, 1)) with { Format = PictureFormat.Webp };

        Assert.Equal(
            """[{"startTime":0,"endTime":10,"url":"https://example.com/view/t/0.webp","width":320,"height":180,"coords":{"x":0,"y":0}},{"startTime":10,"endTime":13.5,"url":"https://example.com/view/t/0.webp","width":320,"height":180,"coords":{"x":320,"y":0}}]""",
            JsonSerializer.Serialize(VidstackTile.Of(document, Folder), ApiJson.Default.VidstackTileArray));
        Assert.Equal(
            """{"url":"https://example.com/view/t/0.webp","tile_width":320,"tile_height":180,"duration":13.5,"tiles":[{"start":0,"x":0,"y":0},{"start":10,"x":320,"y":0}]}""",
            JsonSerializer.Serialize(MuxStoryboard.Of(document, Folder), ApiJson.Default.MuxStoryboard));
    }

    [Fact]
    public void The_HLS_playlist_has_a_segment_for_each_sheet() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:200
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-IMAGES-ONLY
        #EXTINF:200,
        #EXT-X-TILES:RESOLUTION=320x180,LAYOUT=5x4,DURATION=10
        0.jpg
        #EXTINF:53.5,
        #EXT-X-TILES:RESOLUTION=320x180,LAYOUT=5x4,DURATION=10
        1.jpg
        #EXT-X-ENDLIST

        """,
        HlsPlaylist.Write(SheetGrid.Of(Long)));

    [Theory]
    [InlineData(3, 1.001, "#EXT-X-TARGETDURATION:3", "#EXTINF:3,", "DURATION=1.001")]
    [InlineData(1.5, 2.0 / 3, "#EXT-X-TARGETDURATION:2", "#EXTINF:1.5,", "DURATION=0.666667")]
    public void The_HLS_playlist_supports_fractional_intervals(double duration, double interval, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, HlsPlaylist.Write(SheetGrid.Of(Document(duration, interval, 3, (1600, 180, 1)))), StringComparison.Ordinal));

    [Fact]
    public void The_HLS_master_playlist_refers_to_a_storyboard_in_one_line() => Assert.Equal(
        "#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=16000,RESOLUTION=320x180,CODECS=\"jpeg\",URI=\"https://example.com/view/t/storyboard.m3u8\"",
        HlsPlaylist.MasterLine(SheetGrid.Of(Long), new Uri("https://example.com/view/t/storyboard.m3u8")));

    [Fact]
    public void The_DASH_manifest_has_a_thumbnail_track()
    {
        Assert.Equal(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" minBufferTime="PT1S" mediaPresentationDuration="PT253.5S">
              <Period id="0" start="PT0S">
                <AdaptationSet mimeType="image/jpeg" contentType="image">
                  <SegmentTemplate media="$Number$.jpg" duration="200" timescale="1" startNumber="0"/>
                  <Representation id="thumbnails" bandwidth="16000" width="1600" height="720">
                    <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" value="5x4"/>
                  </Representation>
                </AdaptationSet>
              </Period>
            </MPD>

            """,
            DashManifest.Write(SheetGrid.Of(Long)));
        var fragment = XElement.Parse(DashManifest.WriteFragment(SheetGrid.Of(Long), new Uri("https://example.com/a&b/")));
        Assert.Equal(["BaseURL", "SegmentTemplate", "Representation"], fragment.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("https://example.com/a&b/", fragment.Element("BaseURL")!.Value);
    }

    [Theory]
    [InlineData(10, 180, "duration=\"50\" timescale=\"1\"", "width=\"1600\" height=\"180\"", "value=\"5x1\"")]
    [InlineData(1.001, 720, "duration=\"20020\" timescale=\"1000\"", "width=\"1600\" height=\"720\"", "value=\"5x4\"")]
    [InlineData(2.0 / 3, 180, "duration=\"3333333\" timescale=\"1000000\"")]
    public void The_DASH_manifest_supports_a_single_small_sheet_and_fractional_durations(double interval, int height, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, DashManifest.Write(SheetGrid.Of(Document(3 * interval, interval, 3, (1600, height, 1)))), StringComparison.Ordinal));

    private static StoryboardDocument Document(double duration, double interval, int tiles, params (int Width, int Height, long SizeBytes)[] sheets) => new()
    {
        Duration = duration,
        Interval = interval,
        TileWidth = 320,
        TileHeight = 180,
        Columns = 5,
        Rows = 4,
        Format = PictureFormat.Jpeg,
        Sheets = [.. sheets.Select(sheet => new StoryboardSheet(sheet.Width, sheet.Height, sheet.SizeBytes))],
        Tiles = [.. Enumerable.Range(0, tiles).Select(i => new StoryboardTile(i * interval, i * interval))],
    };
}
