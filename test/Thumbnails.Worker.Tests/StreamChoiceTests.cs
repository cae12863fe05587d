using System.Text;
using Thumbnails.Core.Jobs;
using Thumbnails.TestKit;

namespace Thumbnails.Worker.Tests;

/// <summary>The picture comes from the video stream, whatever else the file contains.</summary>
public sealed class StreamChoiceTests(ClipLibrary clips) : IClassFixture<ClipLibrary>, IDisposable
{
    private readonly Pictures _pictures = new();

    public void Dispose() => _pictures.Dispose();

    [Theory]
    [InlineData("cover.mp4", "-map 1 -map 0 -c copy -disposition:v:0 attached_pic")]
    [InlineData("cover.mkv", "-map 0 -c copy -attach {cover} -metadata:s:t mimetype=image/png")]
    public async Task Cover_art_is_not_used_as_the_video(string name, string arguments)
    {
        var cover = await clips.GetAsync("cover.png", "-f lavfi -i color=red:s=600x600:d=1 -frames:v 1");
        var clip = await clips.GetAsync(name,
            $"-i {await clips.NumberedAsync()} -i {cover} {arguments.Replace("{cover}", cover, StringComparison.Ordinal)}");

        Assert.Equal([30, 299], await _pictures.NumbersAtAsync(clip, "1", "100%"));
    }

    [Fact]
    public async Task A_file_with_only_cover_art_is_not_a_video()
    {
        var cover = await clips.GetAsync("cover.png", "-f lavfi -i color=red:s=600x600:d=1 -frames:v 1");
        var clip = await clips.GetAsync("song.m4a", $"-f lavfi -i sine=duration=3 -i {cover} -map 0 -map 1 -c:a aac -c:v copy -disposition:v attached_pic");

        var failure = await Assert.ThrowsAsync<JobFailedException>(() => _pictures.MakeAsync(clip, Pictures.Request("1")));
        Assert.Equal(JobErrorCode.NoVideoStream, failure.Error.Code);
    }

    [Fact]
    public async Task The_default_video_stream_is_used()
    {
        var clip = await clips.GetAsync("two.mkv",
            $"-f lavfi -i color=red:s=64x64:d=10 -i {await clips.NumberedAsync()} -map 0 -map 1 -c:v:0 ffv1 -c:v:1 copy -disposition:v:0 0 -disposition:v:1 default");

        Assert.Equal([30, 299], await _pictures.NumbersAtAsync(clip, "1", "100%"));
    }

    [Fact]
    public async Task Audio_subtitle_and_timecode_streams_are_ignored()
    {
        var subtitles = await clips.GetAsync("words.srt", async path =>
        {
            await File.WriteAllTextAsync(path, "1\n00:00:01,000 --> 00:00:09,000\nwords\n");
            return path;
        });
        var clip = await clips.GetAsync("all.mov",
            $"-f lavfi -i sine=duration=10 -i {subtitles} -i {await clips.NumberedAsync()} -map 0 -map 1 -map 2 -c:a aac -c:s mov_text -c:v copy -timecode 01:00:00:00");

        Assert.Equal([0, 30, 299], await _pictures.NumbersAtAsync(clip, "0", "1", "100%"));
    }

    [Fact]
    public async Task A_picture_contains_no_metadata_of_the_video()
    {
        var clip = await clips.GetAsync("tagged.mov",
            $"-i {await clips.NumberedAsync()} -c copy -metadata location=+48.2082+016.3738/ -metadata title=secret-title -metadata make=secret-camera -metadata creation_time=2020-02-02T02:02:02");
        string[] names = ["p.png", "p.jpg", "p.webp"];
        await _pictures.MakeAsync(clip, [.. names.Select(name => Pictures.Request("1", name))]);

        foreach (var name in names)
        {
            var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_pictures[name]));
            Assert.All(["secret", "48.2082", "2020", "Lavc", "Lavf", "Exif", "tEXt"], text => Assert.DoesNotContain(text, content, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("animation.webp", "The file is a WebP image or animation, not a video. Upload a video.", "-f lavfi -i testsrc2=s=64x64:r=5:d=1 -c:v libwebp")]
    [InlineData("sound.wav", "The file is a WAVE sound file, not a video. Upload a video.", "-f lavfi -i sine=d=1")]
    public async Task A_file_that_is_not_a_video_is_identified_in_the_error(string name, string message, string arguments)
    {
        var clip = await clips.GetAsync(name, arguments);
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => _pictures.MakeAsync(clip, Pictures.Request("0")));

        Assert.Equal(new JobError(JobErrorCode.VideoUnreadable, message), failure.Error);
    }

    [Theory]
    [InlineData("", "The file is empty, not a video. Upload a video.")]
    [InlineData("\n <html><body>502 Bad Gateway", "The file is an XML or HTML document, not a video. Upload a video.")]
    [InlineData("\ufeff#EXTM3U\n#EXTINF:5,\na.ts", "The file is an HLS playlist, not a video. Upload a video.")]
    [InlineData("{\"error\": \"expired\"}", "The file is a text file, not a video. Upload a video.")]
    [InlineData("\0\0\0\u001cftypheic\0\0\0\0mif1heic", "The file is a HEIF or AVIF image, not a video. Upload a video.")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "The file is not a video that can be read.")]
    public async Task A_file_is_identified_by_its_first_bytes(string content, string message)
    {
        await File.WriteAllTextAsync(_pictures["upload.mp4"], content);
        var failure = await Assert.ThrowsAsync<JobFailedException>(() => _pictures.MakeAsync(_pictures["upload.mp4"], Pictures.Request("0")));

        Assert.Equal(message, failure.Error.Message);
    }
}
