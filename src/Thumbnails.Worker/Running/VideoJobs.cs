using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Running;

/// <summary>Puts the parts of a <see cref="VideoJob"/> together.</summary>
internal static class VideoJobs
{
    public static VideoJob Create(MediaTools tools, VideoSource source, IPictureSink pictures, StepLog log)
    {
        var cores = Environment.ProcessorCount;
        return new VideoJob(source, new VideoProbe(tools), new FrameExtractor(tools, cores), pictures, log, parallel: cores);
    }
}
