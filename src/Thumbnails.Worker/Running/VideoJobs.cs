using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Running;

/// <summary>Puts the parts of a <see cref="VideoProcessor"/> together.</summary>
internal static class VideoJobs
{
    public static VideoProcessor Create(MediaTools tools, VideoSource source, IPictureSink pictures, StepLog log)
    {
        var cores = Environment.ProcessorCount;
        return new VideoProcessor(source, new VideoProbe(tools), new FrameExtractor(tools, cores), pictures, log, parallel: cores);
    }
}
