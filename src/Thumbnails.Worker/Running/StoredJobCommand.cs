using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Workers;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Runs a job from the store and writes its result there.</summary>
internal sealed class StoredJobCommand(MediaTools tools, StepLog log, TimeProvider clock)
{
    private const int MaxRecords = 100;
    private static readonly TimeSpan SignalDelay = TimeSpan.FromMilliseconds(250);

    /// <exception cref="OperationCanceledException">The worker was stopped, and the job has no result.</exception>
    public async Task<int> RunAsync(WorkerEnvironment.StoredJob environment, CancellationToken stop)
    {
        using var jobLock = JobLock.TryTake(environment.Store, environment.JobId);
        if (jobLock is null)
            return WorkerContract.RunAgain;
        var workerStore = WorkerStore.Open(environment.Store, clock);
        var store = workerStore.Objects;
        var jobLog = log.For(environment.JobId);
        var records = await store.ListAsync(ObjectKeys.JobRecords(environment.JobId), null, MaxRecords, stop);
        if (records.Any(record => record.Key == ObjectKeys.Result(environment.JobId)))
            return WorkerContract.Done;
        var job = await store.GetJsonAsync(ObjectKeys.Job(environment.JobId), CoreJson.Default.Job, stop);
        if (job is null)
        {
            jobLog.Failure("the job does not exist", null);
            return WorkerContract.Failed;
        }

        jobLog.Step("started", ("VideoKey", job.VideoKey), ("Frames", job.Frames.Count));
        var result = await new JobExecutor(tools, jobLog, clock).RunAsync(job, workerStore, stop) with { Attempt = AttemptOf(records) };
        await ThrowIfStoppedAsync(result, stop);
        // Finished work is stored even if the worker has been stopped in the meantime.
        var won = await store.PutResultAsync(job.Id, result, CancellationToken.None);
        jobLog.Step(
            won ? "finished" : "finished, but the job had already ended",
            ("Status", SnakeCase.Of(result.Status)),
            ("Code", result.Error is { } error ? SnakeCase.Of(error.Code) : null),
            ("BytesRead", result.BytesRead),
            ("Ms", (long)(result.FinishedAt - result.StartedAt!.Value).TotalMilliseconds));
        return result.Error?.Code == JobErrorCode.InternalError ? WorkerContract.Failed : WorkerContract.Done;
    }

    // ECS tasks have a record for each attempt; local processes have none.
    private static int AttemptOf(IReadOnlyList<ObjectInfo> records) => Math.Max(1, records.Count(record => ObjectKeys.IsTask(record.Key)));

    // A signal to the whole process group, such as Ctrl-C, also ends ffmpeg, which then looks like a damaged video. The signal may
    // reach this process a moment after ffmpeg.
    private static async Task ThrowIfStoppedAsync(JobResult result, CancellationToken stop)
    {
        if (result.Status == JobStatus.Succeeded)
            return;
        await Task.Delay(SignalDelay, stop);
    }
}
