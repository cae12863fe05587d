using Thumbnails.TestKit;
using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Tests;

/// <summary>What ffmpeg prints of its input tells the same as ffprobe does, or nothing.</summary>
public sealed class InputHeaderTests(ClipLibrary clips) : IClassFixture<ClipLibrary>
{
    private const string X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

    [Theory]
    [InlineData("plain.mp4", X264)]
    [InlineData("colours.mkv", X264 + " -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv")]
    [InlineData("film.mp4", "-r 24000/1001 " + X264)]
    [InlineData("slow.mp4", "-r 1/2 " + X264)]
    [InlineData("programs.ts", X264 + " -c:a aac -program title=one:st=0:st=1 -program title=two:st=0")]
    [InlineData("wide.mov", "-aspect 64:27 -c:v prores_ks -pix_fmt yuv422p10le")]
    [InlineData("hdr.mp4", "-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params log-level=error:transfer=smpte2084:colorprim=bt2020:colormatrix=bt2020nc")]
    [InlineData("interlaced.mpg", "-c:v mpeg2video -flags +ildct+ilme -top 1")]
    [InlineData("fields.mp4", X264 + " -x264-params bff=1")]
    [InlineData("alpha.webm", "-c:v libvpx -pix_fmt yuva420p -auto-alt-ref 0")]
    [InlineData("alpha.mov", "-c:v qtrle -pix_fmt argb")]
    public async Task It_agrees_with_ffprobe(string name, string encode) =>
        await AssertAgreesAsync(await clips.GetAsync(
            name, "-f lavfi -i testsrc2=s=160x96:r=25:d=3 -f lavfi -i sine=d=3.2 -metadata creation_time=2020-02-02T02:02:02 " + encode));

    [Theory]
    [InlineData("cover.mp4", "-map 1:v -map 0:v -c copy -disposition:v:0 attached_pic")]
    [InlineData("second.mkv", "-map 1:v -map 0:v -c copy -disposition:v:0 0 -disposition:v:1 default")]
    public async Task It_agrees_about_which_stream_is_the_video(string name, string output)
    {
        var plain = await clips.GetAsync("upright.mp4", "-f lavfi -i testsrc2=s=160x96:r=25:d=3 " + X264);
        var cover = await clips.GetAsync("cover.png", "-f lavfi -i color=red:s=64x64:d=1 -frames:v 1");
        await AssertAgreesAsync(await clips.GetAsync(name, $"-i {plain} -i {cover} {output}"));
    }

    private static async Task AssertAgreesAsync(string clip)
    {
        var input = MediaInput.File(clip);
        var header = new InputHeader();
        using var extractor = new FrameExtractor(Pictures.Tools, cores: 1);
        await extractor.ExtractAsync(input, ProbedVideo.Plain, FrameOutput.Sample, TimeSpan.Zero, header, CancellationToken.None);
        var seen = await header.Video;

        Assert.NotNull(seen);
        Assert.Equal(Rounded(await new VideoProbe(Pictures.Tools).RunAsync(input, CancellationToken.None)), Rounded(seen));
    }

    // ffmpeg prints two digits.
    private static ProbedVideo Rounded(ProbedVideo video) => video with
    {
        Info = video.Info with { Duration = Round(video.Info.Duration), FrameRate = Round(video.Info.FrameRate) },
    };

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 2, MidpointRounding.AwayFromZero) : null;
}
