using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Turns a job into its result, whatever happens on the way.</summary>
internal sealed class JobExecutor(MediaTools tools, StepLog log, TimeProvider clock)
{
    /// <exception cref="OperationCanceledException">The worker was told to stop; the job has no result.</exception>
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

        async Task<IReadOnlyList<FrameResult>> MakePicturesAsync()
        {
            await using var source = await store.OpenVideoAsync(job.VideoKey, limit.Token)
                ?? throw new JobFailedException(JobErrorCode.VideoUnreadable, "The video no longer exists in the store.");
            video = new VideoProcessor(tools, source, new StorePictures(store.Objects, ObjectKeys.Thumbnail, job.Id), log);
            return await video.RunAsync(job.Frames, limit.Token);
        }
    }

    private async Task<JobResult> ResultOfAsync(Job job, Task<IReadOnlyList<FrameResult>> work, CancellationToken stop)
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
        // What a stop breaks off is no fault of the job.
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            log.Failure("crashed", exception.ToString());
            return Failure(new JobError(JobErrorCode.InternalError, "The worker crashed."));
        }
    }

    private JobResult ResultOf(IReadOnlyList<FrameResult> frames)
    {
        var failed = frames.Where(frame => frame.Error is not null).ToList();
        if (failed.Count == 0)
            return new JobResult { Status = JobStatus.Succeeded, FinishedAt = clock.GetUtcNow(), Frames = frames };
        var first = failed[0].Error!;
        var message = frames.Count == 1 ? first.Message : $"{failed.Count} of {frames.Count} frames failed. The first: {first.Message}";
        return Failure(first with { Message = message }) with { Frames = frames };
    }

    private JobResult Failure(JobError error) => JobResult.Failure(error, clock.GetUtcNow());
}
