using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;
using Thumbnails.Worker.Storage;

namespace Thumbnails.Worker.Running;

/// <summary>Runs a job and always returns its result.</summary>
internal sealed class JobExecutor(MediaTools tools, StepLog log, TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">The worker was stopped, and the job has no result.</exception>
    public async Task<JobResult> RunAsync(Job job, WorkerStore store, CancellationToken stop)
    {
        var startedAt = clock.GetUtcNow();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(job.TimeoutSeconds));
        VideoProcessor? video = null;
        var result = await ResultOfAsync(job, MakePicturesAsync(), stop);
        return result with
        {
            StartedAt = startedAt,
            FinishedAt = clock.GetUtcNow(),
            Video = video?.Video,
            Timings = video?.Timings,
            BytesRead = video?.BytesRead,
        };

        async Task<VideoResults> MakePicturesAsync()
        {
            await using var source = await store.OpenVideoAsync(job.VideoKey, limit.Token)
                ?? throw new JobFailedException(JobErrorCode.VideoUnreadable, "The video no longer exists in the store.");
            var pictures = new StorePictures(store.Objects, ObjectKeys.Thumbnail, job.Id);
            video = new VideoProcessor(tools, source, pictures, new JobObjects(store.Objects, job.Id), log);
            return await video.RunAsync(new VideoRequests(job.Frames, job.Storyboard, job.Preview), limit.Token);
        }
    }

    private async Task<JobResult> ResultOfAsync(Job job, Task<VideoResults> work, CancellationToken stop)
    {
        try
        {
            return ResultOf(await work);
        }
        catch (JobFailedException exception)
        {
            log.Failure("failed", exception.Detail);
            return Failure(exception.Error);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Failure(new JobError(JobErrorCode.TimedOut, $"The job took longer than {job.TimeoutSeconds} seconds."));
        }
        catch (StorageException exception)
        {
            log.Failure("the store failed", exception.ToString());
            return Failure(new JobError(JobErrorCode.StorageUnavailable, "The store failed. Try again."));
        }
        // Exceptions caused by a stop are not the job's failure.
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            log.Failure("crashed", exception.ToString());
            return Failure(new JobError(JobErrorCode.InternalError, "The worker crashed."));
        }
    }

    private JobResult ResultOf(VideoResults results)
    {
        var result = results.Errors is [var first, ..]
            ? Failure(first with { Message = Message(results, first) })
            : new JobResult { Status = JobStatus.Succeeded, FinishedAt = clock.GetUtcNow() };
        return result with { Frames = results.Frames, Storyboard = results.Storyboard, Preview = results.Preview };
    }

    private static string Message(VideoResults results, JobError first) => results switch
    {
        { Count: 1 } => first.Message,
        _ when results.Count == results.Frames.Count => $"{results.Errors.Count} of {results.Count} frames failed. The first: {first.Message}",
        _ => $"{results.Errors.Count} of {results.Count} outputs failed. The first: {first.Message}",
    };

    private JobResult Failure(JobError error) => JobResult.Failure(error, clock.GetUtcNow());
}
