using Thumbnails.Worker.Frames;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Puts the parts of a <see cref="VideoJob"/> together.</summary>
internal static class VideoJobs
{
    public static VideoJob Create(MediaTools tools, IPictureSink pictures, StepLog log)
    {
        var cores = Environment.ProcessorCount;
        return new VideoJob(new VideoProbe(tools), new FrameExtractor(tools, threads: cores), pictures, log, parallel: cores);
    }
}
