using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Storage.S3;
using Thumbnails.Core.Workers;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Sources;

namespace Thumbnails.Worker.Running;

/// <summary>Makes one picture without a job. The exit code reports success, because there is no result.</summary>
internal sealed class OneOffCommand(MediaTools tools, StepLog log)
{
    private static readonly TimeSpan S3Timeout = TimeSpan.FromSeconds(60);

    // The default of Runner:TimeoutSeconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(900);

    public async Task<int> RunAsync(WorkerEnvironment.OneOffJob job, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Limit);
        var request = new FrameRequest { Position = job.Position, OutputName = job.OutputName };
        log.Step("started");
        try
        {
            await using var source = await OpenAsync(job.Video, limit.Token);
            var video = new VideoProcessor(tools, source, Pictures(job.Destination), null, log);
            var frames = (await video.RunAsync(new VideoRequests([request]), limit.Token)).Frames;
            log.Step("finished", ("BytesRead", source.BytesRead));
            return frames is [{ Error: null }] ? WorkerContract.Done : WorkerContract.Failed;
        }
        catch (JobFailedException exception)
        {
            log.Failure(exception.Message, exception.Detail, ("Code", SnakeCase.Of(exception.Error.Code)));
            return WorkerContract.Failed;
        }
        catch (StorageException exception)
        {
            log.Failure(exception.Message, exception.ToString(), ("Code", SnakeCase.Of(JobErrorCode.StorageUnavailable)));
            return WorkerContract.Failed;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            log.Failure($"The job took longer than {Limit.TotalSeconds} seconds.", null, ("Code", SnakeCase.Of(JobErrorCode.TimedOut)));
            return WorkerContract.Failed;
        }
    }

    private static async Task<VideoSource> OpenAsync(VideoLocation video, CancellationToken stop) => video switch
    {
        VideoLocation.File file => File.Exists(file.Path)
            ? VideoSource.OfFile(file.Path)
            : throw new JobFailedException(JobErrorCode.VideoUnreadable, $"The file {file.Path} does not exist. Check INPUT_VIDEO_FILE_URL."),
        VideoLocation.Web web => await WebSource.OpenAsync(web.Url, stop),
        VideoLocation.Bucket bucket => VideoSource.Of(
            await new S3ObjectStore(S3Clients.Create(S3Timeout), bucket.Name).OpenRangedAsync(bucket.Key, stop)
            ?? throw new JobFailedException(JobErrorCode.VideoUnreadable, $"The object {bucket.Key} does not exist in the bucket {bucket.Name}. Check INPUT_VIDEO_FILE_URL.")),
        _ => throw new ArgumentOutOfRangeException(nameof(video)),
    };

    private static IPictureSink Pictures(PictureDestination destination) => destination switch
    {
        PictureDestination.Folder folder => new FolderPictures(folder.Path),
        PictureDestination.Bucket bucket => new StorePictures(
            new S3ObjectStore(S3Clients.Create(S3Timeout), bucket.Name), name => ObjectKey.Parse(bucket.Prefix is null ? $"{name}" : $"{bucket.Prefix}/{name}")),
        _ => throw new ArgumentOutOfRangeException(nameof(destination)),
    };
}
