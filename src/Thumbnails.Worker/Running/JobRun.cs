using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Turns a job into its result, whatever happens on the way.</summary>
internal sealed class JobRun(MediaTools tools, StepLog log, TimeProvider clock)
{
    public async Task<JobResult> RunAsync(Job job, FileObjectStore store, CancellationToken stop)
    {
        var startedAt = clock.GetUtcNow();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromSeconds(job.TimeoutSeconds));
        var video = VideoJobs.Create(tools, new StorePictures(store, ObjectKeys.Thumbnail), log);
        var outcome = await OutcomeAsync(job, store, video, stop, limit.Token);
        return outcome with { StartedAt = startedAt, FinishedAt = clock.GetUtcNow(), Video = video.Video, Timings = video.Timings };
    }

    private async Task<JobResult> OutcomeAsync(
        Job job, FileObjectStore store, VideoJob video, CancellationToken stop, CancellationToken limit)
    {
        try
        {
            var path = store.PathOf(job.VideoKey)
                ?? throw new JobFailedException(JobErrorCode.VideoUnreadable, "The video is not in the store any more.");
            return Outcome(await video.RunAsync(MediaInput.File(path), job.Frames, limit));
        }
        catch (JobFailedException exception)
        {
            log.Failure("failed", exception.Detail);
            return Failure(exception.Error);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted();
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Failure(new JobError(JobErrorCode.TimedOut, $"The job took longer than {job.TimeoutSeconds} seconds."));
        }
        catch (Exception exception)
        {
            log.Failure("crashed", exception.ToString());
            return Failure(new JobError(JobErrorCode.InternalError, "The worker broke."));
        }
    }

    private JobResult Outcome(IReadOnlyList<FrameResult> frames)
    {
        var failed = frames.Where(frame => frame.Error is not null).ToList();
        if (failed.Count == 0)
            return new JobResult { Status = JobStatus.Succeeded, FinishedAt = clock.GetUtcNow(), Frames = frames };
        var first = failed[0].Error!;
        var message = frames.Count == 1 ? first.Message : $"{failed.Count} of {frames.Count} frames failed. The first: {first.Message}";
        return Failure(first with { Message = message }) with { Frames = frames };
    }

    private JobResult Interrupted() => new()
    {
        Status = JobStatus.Canceled,
        FinishedAt = clock.GetUtcNow(),
    };

    private JobResult Failure(JobError error) => JobResult.Failure(error, clock.GetUtcNow());
}
