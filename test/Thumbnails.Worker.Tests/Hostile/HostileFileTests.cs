using CliWrap;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>Malicious files: each ends in an error code and has no side effects.</summary>
public sealed class HostileFileTests
{
    [Theory]
    [InlineData("video.mp4", "hls", "NAME")]
    [InlineData("video.m3u8", "hls", "NAME")]
    [InlineData("video.mp4", "hls", "file:FILE")]
    [InlineData("video.m3u8", "hls", "ADDRESS")]
    [InlineData("video.mp4", "hls", "ADDRESS")]
    [InlineData("video.mp4", "hls", "data:video/mp2t;base64,R0FSQkFHRQ==")]
    [InlineData("video.mp4", "hls", "subfile,,start,0,end,1000,,:file:FILE")]
    [InlineData("video.mp4", "hls", "concat:FILE|FILE")]
    [InlineData("video.mp4", "hls", "crypto+file:FILE")]
    [InlineData("video.mp4", "concat", "NAME")]
    [InlineData("video.ffconcat", "concat", "NAME")]
    [InlineData("video.mp4", "concat", "ADDRESS")]
    [InlineData("video.mpd", "dash", "ADDRESS")]
    [InlineData("video.mp4", "svg", "file://FILE")]
    [InlineData("video.svg", "svg", "ADDRESS")]
    [InlineData("video.mp4", "zip", "NAME")]
    [InlineData("video.mp4", "zip behind", "NAME")]
    public async Task A_video_cannot_make_the_worker_open_another_file_or_URL(string fileName, string kind, string target)
    {
        using var store = new JobStore(fileName);
        using var bait = await Bait.LayAsync(store.Beside("bait.ts"));
        await File.WriteAllBytesAsync(store.Video, Playlist(kind, bait.Fill(target)));
        var result = await store.RunAsync("0", "50%", "auto");

        Assert.Equal((JobStatus.Failed, JobErrorCode.VideoUnreadable), (result.Status, result.Error?.Code));
        Assert.False(bait.WasTaken);
        AssertNothingIsLeft(store);
    }

    [Theory]
    [InlineData("hls", "NAME")]
    [InlineData("hls", "ADDRESS")]
    [InlineData("concat", "NAME")]
    public async Task Plain_ffmpeg_opens_the_other_file_or_URL(string kind, string target)
    {
        using var store = new JobStore();
        using var bait = await Bait.LayAsync(store.Beside("bait.ts"));
        await File.WriteAllBytesAsync(store.Video, Playlist(kind, bait.Fill(target)));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var reading = Cli.Wrap("ffmpeg")
            .WithArguments(["-nostdin", "-protocol_whitelist", "file,http,tcp", "-f", kind, "-i", store.Video, "-f", "null", "-"])
            .WithValidation(CommandResultValidation.None).ExecuteAsync(limit.Token);
        while (!bait.WasTaken)
            await Task.Delay(10, limit.Token);
        await limit.CancelAsync();
        await Task.WhenAny(reading.Task);
    }

    [Theory]
    [InlineData("no bytes", JobErrorCode.VideoUnreadable)]
    [InlineData("text", JobErrorCode.VideoUnreadable)]
    [InlineData("65,535 x 65,535 gif", JobErrorCode.VideoTooLarge)]
    [InlineData("65,535 x 65,535 y4m", JobErrorCode.VideoTooLarge)]
    [InlineData("65,535 x 65,535 jpegs", JobErrorCode.VideoTooLarge)]
    [InlineData("16,000 x 16,000 png", JobErrorCode.VideoTooLarge)]
    [InlineData("a million streams", JobErrorCode.VideoTooLarge)]
    [InlineData("ten thousand streams that say what they are", JobErrorCode.VideoTooLarge)]
    [InlineData("a header of two gigabytes", JobErrorCode.VideoTooLarge)]
    [InlineData("a header of a hundred megabytes", JobErrorCode.VideoUnreadable)]
    [InlineData("sound", JobErrorCode.NoVideoStream)]
    public async Task A_file_that_is_not_a_video_or_exceeds_a_limit_fails(string kind, JobErrorCode code)
    {
        using var store = new JobStore();
        await WriteAsync(kind, store.Video);
        var result = await store.RunAsync("0", "50%");

        Assert.Equal((JobStatus.Failed, code), (result.Status, result.Error?.Code));
        AssertNothingIsLeft(store);
    }

    [Fact]
    public async Task A_small_file_with_a_large_picture_within_the_limits_succeeds()
    {
        using var store = new JobStore("video.png");
        await File.WriteAllBytesAsync(store.Video, HostileFiles.PixelBomb(4000));
        var result = await store.RunAsync("0");

        Assert.Null(result.Error);
        Assert.Equal((4000, 4000), (result.Frames[0].Width, result.Frames[0].Height));
    }

    private static byte[] Playlist(string kind, string target) => kind switch
    {
        "hls" => HostileFiles.Hls(target),
        "concat" => HostileFiles.Concat(target),
        "dash" => HostileFiles.Dash(target),
        "svg" => HostileFiles.Svg(target),
        "zip" => HostileFiles.Zip(HostileFiles.Hls(target), before: false),
        "zip behind" => HostileFiles.Zip(HostileFiles.Hls(target), before: true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static async Task WriteAsync(string kind, string path)
    {
        if (kind == "sound")
            await Ffmpeg.RunAsync("-f lavfi -i sine=duration=1 -c:a aac", path);
        else if (kind.EndsWith("jpegs", StringComparison.Ordinal))
            await HugeJpegsAsync(path);
        else
            await File.WriteAllBytesAsync(path, Content(kind));
    }

    private static byte[] Content(string kind) => kind switch
    {
        "no bytes" => [],
        "text" => [.. Enumerable.Repeat("All work and no play makes Jack a dull boy.\n"u8.ToArray(), 1000).SelectMany(line => line)],
        "65,535 x 65,535 gif" => HostileFiles.HugeGif(),
        "65,535 x 65,535 y4m" => HostileFiles.HugeYuv(),
        "16,000 x 16,000 png" => HostileFiles.PixelBomb(16_000),
        "a million streams" => HostileFiles.ManyTracks(1_000_000),
        "ten thousand streams that say what they are" => HostileFiles.ManyStreams(10_000),
        "a header of two gigabytes" => HostileFiles.HeaderBomb(2_000_000_000),
        "a header of a hundred megabytes" => HostileFiles.HeaderBomb(100_000_000),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // The header of each JPEG states the size too, and is compared with the container's.
    private static async Task HugeJpegsAsync(string path)
    {
        await Ffmpeg.RunAsync("-f lavfi -i testsrc=s=64x64:r=5:d=1 -c:v mjpeg -pix_fmt yuvj420p -f avi", path);
        var file = await File.ReadAllBytesAsync(path);
        for (var at = 0; file.AsSpan(at).IndexOf<byte>([0xff, 0xc0, 0, 17, 8]) is >= 0 and var found; at += found + 9)
            file.AsSpan(at + found + 5, 4).Fill(0xff);
        await File.WriteAllBytesAsync(path, file);
    }

    private static void AssertNothingIsLeft(JobStore store)
    {
        Assert.Empty(store.Thumbnails());
        Assert.Empty(store.Programs());
    }
}
