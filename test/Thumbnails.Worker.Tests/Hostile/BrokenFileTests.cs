using System.Globalization;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests.Hostile;

/// <summary>
/// Files of every container, truncated and damaged in many places: each run ends, with a picture or an error code.
/// </summary>
public sealed class BrokenFileTests(ClipLibrary clips) : IClassFixture<ClipLibrary>
{
    // To test more files, run: BROKEN_FILES=30 dotnet test …
    private static readonly int FilesOfEach = int.Parse(Environment.GetEnvironmentVariable("BROKEN_FILES") ?? "2", CultureInfo.InvariantCulture);

    private static readonly JobErrorCode?[] Outcomes =
    [
        null, JobErrorCode.VideoUnreadable, JobErrorCode.NoVideoStream, JobErrorCode.VideoTooLarge, JobErrorCode.PositionOutOfRange,
    ];

    [Theory]
    [InlineData("mp4", "-c:v libx264 -preset ultrafast -g 10 -bf 2")]
    [InlineData("fragmented.mp4", "-c:v libx264 -preset ultrafast -g 10 -movflags +frag_keyframe+empty_moov")]
    [InlineData("mov", "-c:v prores_ks -profile:v 0")]
    [InlineData("mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=error")]
    [InlineData("webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8")]
    [InlineData("ivf", "-c:v libvpx -deadline realtime -cpu-used 8")]
    [InlineData("avi", "-c:v mpeg4")]
    [InlineData("ts", "-c:v libx264 -preset ultrafast -g 10")]
    [InlineData("mpg", "-c:v mpeg2video")]
    [InlineData("m2v", "-c:v mpeg2video")]
    [InlineData("mxf", "-c:v mpeg2video")]
    [InlineData("m4v", "-c:v mpeg4")]
    [InlineData("flv", "-c:v flv1")]
    [InlineData("asf", "-c:v wmv2")]
    [InlineData("wtv", "-c:v mpeg2video")]
    [InlineData("ogv", "-c:v libtheora")]
    [InlineData("nut", "-c:v ffv1")]
    [InlineData("rm", "-c:v rv10 -s 176x144")]
    [InlineData("dv", "-c:v dvvideo -s 720x576 -r 25 -pix_fmt yuv420p")]
    [InlineData("h264", "-c:v libx264 -preset ultrafast -g 10")]
    [InlineData("hevc", "-c:v libx265 -preset ultrafast -x265-params log-level=error")]
    [InlineData("y4m", "-pix_fmt yuv420p")]
    [InlineData("gif", "-c:v gif -pix_fmt rgb8")]
    [InlineData("apng", "-c:v apng -pix_fmt rgb24")]
    public async Task A_broken_file_results_in_a_picture_or_an_error_code(string container, string encode)
    {
        using var store = new JobStore("video." + container);
        var whole = await File.ReadAllBytesAsync(await ClipAsync(container, encode));
        // Varies the kinds of damage between containers.
        var first = container.Sum(character => character);
        for (var seed = first; seed < first + FilesOfEach; seed++)
        {
            await File.WriteAllBytesAsync(store.Video, Damage.To(whole, seed));
            var result = await store.RunAsync(seed % 4 == 3 ? "50%" : "0.5");
            var outcome = result.Error?.Code;

            Assert.True(Outcomes.Contains(outcome), $"{container}, seed {seed}: {outcome}");
            Assert.Equal(result.Frames.Count(frame => frame.Error is null), store.Thumbnails().Count(IsPng));
            Assert.Empty(store.Programs());
            store.RemoveThumbnails();
        }
    }

    private Task<string> ClipAsync(string container, string encode) => clips.GetAsync(
        "whole." + container, $"-f lavfi -i testsrc=s=160x120:r=25:d=1.2 -pix_fmt {(encode.Contains("prores", StringComparison.Ordinal) ? "yuv422p10" : "yuv420p")} {encode}");

    private static bool IsPng(string path) => File.ReadAllBytes(path).AsSpan().StartsWith<byte>([0x89, .. "PNG"u8]);
}
