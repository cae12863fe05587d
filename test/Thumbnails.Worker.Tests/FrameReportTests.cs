using Thumbnails.Core.Jobs;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Tests;

public class FrameReportTests
{
    // A decoder reports invalid data also where a coarse index leads a seek into the middle of a group of pictures.
    [Theory]
    [InlineData("[mov,mp4,m4a,3gp,3g2,mj2 @ 0x55] [error] stream 0, offset 0x30a1: partial file", true)]
    [InlineData("[matroska,webm @ 0x55] [error] File ended prematurely at pos. 6123 (0x17eb)", true)]
    [InlineData("[error] file:/proc/1/fd/7: Invalid data found when processing input", true)]
    [InlineData("[in#0/mov,mp4,m4a,3gp,3g2,mj2 @ 0x55] [error] Error during demuxing: Input/output error", true)]
    [InlineData("[error] Error while decoding stream #0:0: Invalid data found when processing input", false)]
    [InlineData("[vist#0:0/vp8 @ 0x55] [dec:libvpx @ 0x55] [error] Error submitting packet to decoder: Invalid data found when processing input", false)]
    public void Lost_data_is_reported_by_the_demuxer_not_by_the_decoder(string line, bool isLost)
    {
        var report = new FrameReport(new ProbedVideo
        {
            Input = MediaInput.File("clip.webm"),
            StreamIndex = 0,
            Info = new VideoInfo(12, 720, 576, "vp8", 25, 0),
            Traits = new FrameTraits { Codec = "vp8", Width = 720, Height = 576 },
        });

        Assert.False(report.TryAdd(line));
        Assert.Equal(isLost, report.HasLostData);
    }
}
