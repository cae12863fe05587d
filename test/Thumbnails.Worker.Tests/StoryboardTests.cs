using System.Text.Json;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;
using Thumbnails.Worker.Tests.Hostile;

namespace Thumbnails.Worker.Tests;

/// <summary>Storyboards of clips whose frames carry their number.</summary>
public sealed class StoryboardTests(ClipLibrary clips) : IClassFixture<ClipLibrary>
{
    private const string Long = "-c:v libx264 -preset ultrafast -g 9999 -sc_threshold 0 -bf 2 -pix_fmt yuv420p";

    [Fact]
    public async Task Every_tile_shows_the_last_keyframe_or_the_frame_at_its_start()
    {
        // Keyframes at 0, 5/3, 10/3 … s: every tile of two seconds has one.
        using var dense = await RunAsync(await clips.NumberedAsync(), Request(2));
        Assert.Equal([0, 50, 100, 150, 200], dense.Numbers());
        Assert.Equal([0, 1.667, 3.333, 5, 6.667], dense.Document.Tiles.Select(tile => Math.Round(tile.Time!.Value, 3)));

        // With one tile a second, some have none: these show the exact frame.
        using var mixed = await RunAsync(await clips.NumberedAsync(), Request(1));
        Assert.Equal([0, 30, 50, 90, 100, 150, 180, 200, 240, 270], mixed.Numbers());
        Assert.Equal([.. mixed.Numbers().Select(number => Math.Round(number / 30.0, 6))], mixed.Document.Tiles.Select(tile => tile.Time!.Value));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], mixed.Document.Tiles.Select(tile => tile.Start));
    }

    [Fact]
    public async Task A_storyboard_consists_of_sheets_and_a_document()
    {
        using var made = await RunAsync(await clips.NumberedAsync(), Request(1) with { Columns = 2, Rows = 3, Width = 160 }, "50%", "auto");
        var (result, document) = (made.Result.Storyboard!, made.Document);

        Assert.Equal((JobStatus.Succeeded, 2), (made.Result.Status, made.Result.Frames.Count));
        Assert.Equal((1, 10.0, 160, 90, 10, 0, null), (result.Interval, result.Duration, result.TileWidth, result.TileHeight, result.Tiles, result.FailedTiles, result.Error));
        Assert.Equal([(320, 270), (320, 270)], result.Sheets.Select(sheet => (sheet.Width, sheet.Height)));
        Assert.Equal(result.Sheets, document.Sheets);
        Assert.Equal((10.0, 1.0, 160, 90, 2, 3, PictureFormat.Jpeg), (document.Duration, document.Interval, document.TileWidth, document.TileHeight, document.Columns, document.Rows, document.Format));
        Assert.Equal([0, 30, 50, 90, 100, 150, 180, 200, 240, 270], made.Numbers());
        for (var sheet = 0; sheet < 2; sheet++)
            Assert.Equal(result.Sheets[sheet].SizeBytes, new FileInfo(made.Path($"{sheet}.jpg")).Length);
    }

    [Theory]
    [InlineData("long.mp4", 300, Long, 1, "0 30 60 90 120 150 180 210 240 270")]
    [InlineData("numbered.ts", 300, "-c:v libx264 -preset ultrafast -g 50 -sc_threshold 0 -bf 2 -pix_fmt yuv420p", 2, "0 50 100 150 200")]
    [InlineData("open.mkv", 300, "-c:v libx264 -preset fast -g 50 -sc_threshold 0 -bf 3 -pix_fmt yuv420p -x264-params open-gop=1", 5, "0 150")]
    [InlineData("vp9.webm", 300, "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 50 -b:v 2M", 1, null)]
    [InlineData("bare.h264", 300, "-c:v libx264 -preset ultrafast -g 50 -bf 0 -pix_fmt yuv420p", 1, null)]
    [InlineData("numbered.gif", 60, "", 0.5, null)]
    [InlineData("one.mp4", 1, "-c:v libx264 -pix_fmt yuv420p", 1, "0")]
    [InlineData("live.webm", 90, "-c:v libvpx -deadline realtime -cpu-used 8 -g 50 -b:v 2M -live 1", 1, "0 30 60")]
    public async Task The_tiles_of_a_storyboard_are_right_in_every_container(string name, int frames, string encode, double interval, string? numbers)
    {
        var clip = await clips.GetAsync(name, path => NumberedClip.CreateAsync(path, frames, encode: encode));
        using var made = await RunAsync(clip, Request(interval));

        Assert.Equal((JobStatus.Succeeded, 0), (made.Result.Status, made.Result.Storyboard!.FailedTiles));
        AssertTrue(made);
        if (numbers is not null)
            Assert.Equal(numbers, string.Join(' ', made.Numbers()));
    }

    [Fact]
    public async Task A_storyboard_supports_variable_frame_rates_and_late_starts()
    {
        var whole = await clips.NumberedAsync();
        var variable = await clips.GetAsync("variable.mkv", $"-i {whole} -vf select='eq(n,0)+eq(n,3)+eq(n,100)+eq(n,101)+eq(n,250)' -fps_mode vfr -c:v libx264 -g 9999 -pix_fmt yuv420p");
        using var made = await RunAsync(variable, Request(1));
        Assert.Equal([0, 3, 3, 3, 101, 101, 101, 101, 101], made.Numbers());

        var late = await clips.GetAsync("late.mp4", $"-f lavfi -i sine=d=9 -itsoffset 2.5 -i {whole} -map 0:a -map 1:v -c:v copy -t 9");
        using var second = await RunAsync(late, Request(1));
        Assert.Equal([0, 0, 0], second.Numbers().Take(3));
        Assert.All(second.Document.Tiles.Skip(3), tile => Assert.InRange(tile.Time!.Value, 0, tile.Start));
    }

    [Theory]
    [InlineData("cut.mp4", "-c:v libx264 -preset ultrafast -g 30 -bf 2 -pix_fmt yuv420p -movflags +faststart")]
    [InlineData("cut.mkv", "-c:v libx264 -preset ultrafast -g 30 -bf 2 -pix_fmt yuv420p")]
    [InlineData("zeroed.mkv", "-c:v libx264 -preset ultrafast -g 30 -bf 2 -pix_fmt yuv420p")]
    [InlineData("zeroed.flv", "-c:v libx264 -preset ultrafast -g 30 -bf 2 -pix_fmt yuv420p")]
    [InlineData("zeroed.mp4", "-c:v libx264 -preset ultrafast -g 30 -bf 2 -pix_fmt yuv420p -movflags +faststart")]
    public async Task Only_the_tiles_in_a_damaged_part_have_errors(string name, string encode)
    {
        var whole = await clips.GetAsync(name, path => NumberedClip.CreateAsync(path, encode: encode));
        var store = new JobStore(name);
        var bytes = await File.ReadAllBytesAsync(whole);
        var sound = bytes.Length * 7 / 10;
        if (name.StartsWith("zeroed", StringComparison.Ordinal))
            bytes.AsSpan(sound).Clear();
        else
            bytes = bytes[..sound];
        await File.WriteAllBytesAsync(store.Video, bytes);
        using var made = new Made(store, await store.RunAsync(Request(0.5)));

        var tiles = made.Document.Tiles;
        // The duration in FLV is too long by a frame or two.
        Assert.Equal((name == "zeroed.flv" ? 21 : 20, JobStatus.Succeeded), (tiles.Count, made.Result.Status));
        Assert.Equal(made.Result.Storyboard!.FailedTiles, tiles.Count(tile => tile.Error is not null));
        Assert.All(tiles.Take(10), tile => Assert.Null(tile.Error));
        Assert.All(tiles.Skip(16), tile => Assert.Equal((JobErrorCode.VideoUnreadable, null), (tile.Error?.Code, tile.Time)));
        Assert.All(tiles, tile => Assert.DoesNotContain("position", tile.Error?.Message ?? "", StringComparison.Ordinal));
        AssertTrue(made);
    }

    [Fact]
    public async Task All_tiles_have_one_size_although_the_video_changes_its_size()
    {
        var whole = await clips.NumberedAsync();
        var clip = await clips.GetAsync("changing.ts", async path =>
        {
            await Ffmpeg.RunAsync($"-i {whole} -t 4 -c:v libx264 -preset ultrafast -g 30 -sc_threshold 0 -f mpegts", path + ".1");
            await Ffmpeg.RunAsync($"-ss 4 -i {whole} -t 4 -vf scale=360:480 -c:v libx264 -preset ultrafast -g 30 -sc_threshold 0 -output_ts_offset 4 -f mpegts", path + ".2");
            await File.WriteAllBytesAsync(path, [.. await File.ReadAllBytesAsync(path + ".1"), .. await File.ReadAllBytesAsync(path + ".2")]);
            return path;
        });
        using var made = await RunAsync(clip, Request(1) with { Format = PictureFormat.Png });

        Assert.Equal((320, 180, 0), (made.Result.Storyboard!.TileWidth, made.Result.Storyboard.TileHeight, made.Result.Storyboard.FailedTiles));
        // 135 x 180 in the middle of the tile, on black.
        Assert.Equal(150, NumberedClip.Read(made.Sheet(0), 92, 180, 135, 180));
        Assert.Equal((0, 0, 0, 255), made.Sheet(0)[80, 200]);
    }

    [Fact]
    public async Task A_storyboard_that_exists_is_kept_unless_it_may_be_replaced()
    {
        using var made = await RunAsync(await clips.NumberedAsync(), Request(5));
        var second = await made.Store.RunAsync(Request(2) with { IfExists = IfExists.Fail });
        Assert.Equal((JobStatus.Failed, JobErrorCode.OutputExists), (second.Status, second.Storyboard?.Error?.Code));
        Assert.Equal(2, made.Document.Tiles.Count);

        var third = await made.Store.RunAsync(Request(2));
        Assert.Equal((JobStatus.Succeeded, 5), (third.Status, made.Document.Tiles.Count));
    }

    [Fact]
    public async Task A_storyboard_leaves_no_sheets_of_the_one_that_it_replaces()
    {
        var small = Request(1) with { Columns = 1, Rows = 2 };
        using var made = await RunAsync(await clips.NumberedAsync(), small);
        Assert.Equal(["0.jpg", "1.jpg", "2.jpg", "3.jpg", "4.jpg", "storyboard.json"], Files());

        // Another job is replacing it too, and has stored its third sheet already.
        File.Copy(made.Path("2.jpg"), made.Path("new.jpg"));
        File.Move(made.Path("new.jpg"), made.Path("2.jpg"), overwrite: true);
        await made.Store.RunAsync(small with { Interval = 5 });
        Assert.Equal(["0.jpg", "2.jpg", "storyboard.json"], Files());

        await made.Store.RunAsync(small with { Interval = 2, Format = PictureFormat.Webp });
        Assert.Equal(["0.webp", "1.webp", "2.jpg", "2.webp", "storyboard.json"], Files());

        IEnumerable<string?> Files() => made.Store.Thumbnails().Select(Path.GetFileName).Order();
    }

    [Fact]
    public async Task A_storyboard_that_is_too_large_is_rejected_with_advice()
    {
        var clip = await clips.NumberedAsync();
        using var many = await RunAsync(clip, Request(0.0009));
        Assert.Equal(JobErrorCode.VideoTooLarge, many.Result.Storyboard?.Error?.Code);
        Assert.Equal("The storyboard would have 11112 tiles; the limit is 10000. Use an interval of at least 0.001 s.", many.Result.Error?.Message);

        var wide = await many.Store.RunAsync(Request(0.1) with { Columns = 100, Rows = 1, Format = PictureFormat.Webp });
        Assert.Equal(JobErrorCode.VideoTooLarge, wide.Error?.Code);
        Assert.Contains("32000 x 180", wide.Error?.Message, StringComparison.Ordinal);

        var single = await many.Store.RunAsync(Request(0.009) with { Columns = 1, Rows = 1 });
        Assert.Equal("The storyboard would have 1112 sheets; the limit is 1000. Use more columns or rows, or a longer interval.", single.Error?.Message);
    }

    [Fact]
    public async Task An_interval_that_is_longer_than_the_video_is_rejected()
    {
        using var made = await RunAsync(await clips.NumberedAsync(), Request(10.5), "5");

        Assert.Equal(JobErrorCode.IntervalOutOfRange, made.Result.Storyboard?.Error?.Code);
        Assert.Equal("The interval of the storyboard (10.5 s) is longer than the video (10 s). Use a shorter interval, or none.", made.Result.Storyboard?.Error?.Message);
        Assert.Null(made.Result.Frames[0].Error);
    }

    [Fact]
    public async Task A_video_that_cannot_be_decoded_has_no_storyboard()
    {
        using var store = new JobStore();
        var bytes = await File.ReadAllBytesAsync(await clips.GetAsync("blank.mp4", path => NumberedClip.CreateAsync(path, 60, encode: Long + " -movflags +faststart")));
        bytes.AsSpan(bytes.Length / 3).Clear();
        var start = bytes.AsSpan().IndexOf("mdat"u8) + 4;
        bytes.AsSpan(start).Clear();
        await File.WriteAllBytesAsync(store.Video, bytes);
        var result = await store.RunAsync(Request(1));

        Assert.Equal((JobStatus.Failed, JobErrorCode.VideoUnreadable), (result.Status, result.Error?.Code));
        Assert.Empty(store.Thumbnails());
    }

    private static StoryboardRequest Request(double? interval) => new() { Name = StoryboardName.Parse("board"), Interval = interval };

    private static async Task<Made> RunAsync(string clip, StoryboardRequest request, params string[] positions)
    {
        var store = new JobStore(Path.GetFileName(clip));
        File.Copy(clip, store.Video);
        return new Made(store, await store.RunAsync(request, positions));
    }

    // What is in the picture is the frame of the reported time, and not from after the start of the tile.
    private static void AssertTrue(Made made)
    {
        var tiles = made.Document.Tiles;
        var numbers = made.Numbers();
        for (var i = 0; i < tiles.Count; i++)
        {
            if (tiles[i].Error is not null)
                continue;
            Assert.Equal(numbers[i] / 30.0, tiles[i].Time!.Value, 0.011);
            Assert.InRange(tiles[i].Time!.Value, Math.Max(0, tiles[i].Start - made.Document.Interval - 0.034), tiles[i].Start);
        }
    }

    private sealed class Made(JobStore store, JobResult result) : IDisposable
    {
        public JobStore Store => store;

        public JobResult Result => result;

        public StoryboardDocument Document => JsonSerializer.Deserialize(File.ReadAllBytes(Path("storyboard.json")), CoreJson.Default.StoryboardDocument)!;

        public string Path(string name) => System.IO.Path.Combine(store.Root, "thumbnails", "board", name);

        public Pixels Sheet(int number) => Pixels.Read(Path(StoryboardDocument.SheetFile(number, Document.Format)));

        public IReadOnlyList<int> Numbers()
        {
            var document = Document;
            var sheets = document.Sheets.Select((_, i) => Sheet(i)).ToList();
            var capacity = document.Columns * document.Rows;
            return
            [
                .. document.Tiles.Select((_, i) => NumberedClip.Read(
                    sheets[i / capacity],
                    i % capacity % document.Columns * document.TileWidth,
                    i % capacity / document.Columns * document.TileHeight,
                    document.TileWidth,
                    document.TileHeight)),
            ];
        }

        public void Dispose() => store.Dispose();
    }
}
