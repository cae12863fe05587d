using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;
using Thumbnails.Core.Workers;
using Thumbnails.Worker.Media;

namespace Thumbnails.Worker.Running;

/// <summary>Runs a job that lies in the store, and leaves its result there.</summary>
internal sealed class StoredJobCommand(MediaTools tools, StepLog log, TimeProvider clock, bool onFargate)
{
    public async Task<int> RunAsync(WorkerEnvironment.StoredJob environment, CancellationToken stop)
    {
        using var jobLock = JobLock.TryTake(environment.Store, environment.JobId);
        if (jobLock is null)
            return ExitCode.AlreadyRunning;
        var workerStore = WorkerStore.Open(environment.Store, clock);
        var store = workerStore.Objects;
        var jobLog = log.For(environment.JobId);
        // The result is written even when the worker has been told to stop.
        if (await store.HasEndedAsync(environment.JobId, CancellationToken.None))
            return ExitCode.Done;
        var job = await store.GetJsonAsync(ObjectKeys.Job(environment.JobId), CoreJson.Default.Job, CancellationToken.None);
        if (job is null)
        {
            jobLog.Failure("no such job", null);
            return ExitCode.Failed;
        }

        jobLog.Step("started", ("VideoKey", job.VideoKey), ("Frames", job.Frames.Count));
        var result = await new JobExecutor(tools, jobLog, clock, onFargate).RunAsync(job, workerStore, stop);
        var won = await store.PutJsonAsync(
            ObjectKeys.Result(job.Id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, CancellationToken.None);
        jobLog.Step(
            won ? "finished" : "finished, but the job had ended already",
            ("Status", SnakeCase.Of(result.Status)),
            ("Code", result.Error is { } error ? SnakeCase.Of(error.Code) : null),
            ("BytesRead", result.BytesRead),
            ("Ms", (long)(result.FinishedAt - result.StartedAt!.Value).TotalMilliseconds));
        return result.Error?.Code == JobErrorCode.InternalError ? ExitCode.Failed : ExitCode.Done;
    }
}
