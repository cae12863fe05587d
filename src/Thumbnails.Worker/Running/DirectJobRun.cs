using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Workers;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Makes one picture by hand. There is no result to read, so the exit code tells whether there is a picture.</summary>
internal sealed class DirectJobRun(MediaTools tools, StepLog log)
{
    public async Task<int> RunAsync(WorkerEnvironment.DirectJob job, CancellationToken stop)
    {
        var request = new FrameRequest { Position = job.Position, OutputName = job.OutputName };
        log.Step("started");
        try
        {
            var frames = await VideoJobs.Create(tools, Pictures(job.Destination), log).RunAsync(Input(job.Video), [request], stop);
            return frames is [{ Error: null }] ? ExitCode.Done : ExitCode.Failed;
        }
        catch (JobFailedException exception)
        {
            log.Failure(exception.Message, exception.Detail, ("Code", SnakeCase.Of(exception.Error.Code)));
            return ExitCode.Failed;
        }
    }

    private static MediaInput Input(VideoLocation video) => video switch
    {
        VideoLocation.File file => MediaInput.File(file.Path),
        _ => throw new NotSupportedException("This worker has no S3."),
    };

    private static FolderPictures Pictures(PictureDestination destination) => destination switch
    {
        PictureDestination.Folder folder => new FolderPictures(folder.Path),
        _ => throw new NotSupportedException("This worker has no S3."),
    };
}
