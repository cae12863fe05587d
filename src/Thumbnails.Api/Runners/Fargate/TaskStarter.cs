using Amazon.ECS;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Starts a job's task, and writes down what became of it.</summary>
internal sealed partial class TaskStarter(
    IAmazonECS ecs, FargateSettings settings, IObjectStore store, QueuedJobs queued, SettleJob settle, TimeProvider clock, ILogger<TaskStarter> logger)
{
    /// <summary>False when there is no room: the job then waits, marked.</summary>
    public async Task<bool> StartAsync(Job job, CancellationToken cancellationToken)
    {
        switch (await RunTaskAsync(job.Id, cancellationToken))
        {
            case StartOutcome.Started { Arn: var arn }:
                LogStarted(job.Id, arn);
                await RecordAsync(job.Id, arn, cancellationToken);
                break;
            case StartOutcome.NoRoom { Reason: var reason }:
                LogNoRoom(job.Id, reason);
                await queued.AddAsync(job.Id, cancellationToken);
                return false;
            case StartOutcome.Refused { Reason: var reason }:
                LogRefused(job.Id, reason);
                await settle.RunAsync(job.Id, JobResult.Failure(Refused(reason), clock.GetUtcNow()), cancellationToken);
                break;
        }

        await queued.RemoveAsync(job.Id, cancellationToken);
        return true;
    }

    /// <summary>The task of a job, as the store knows it; null when it knows none.</summary>
    public Task<TaskRecord?> FindRecordAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Task(id), ApiJson.Default.TaskRecord, cancellationToken);

    /// <summary>Writes down which task a job has; whoever comes first is right, for a job has one task.</summary>
    public async Task<TaskRecord> RecordAsync(JobId id, string arn, CancellationToken cancellationToken)
    {
        var record = new TaskRecord(arn, clock.GetUtcNow());
        await store.PutJsonAsync(ObjectKeys.Task(id), record, ApiJson.Default.TaskRecord, PutCondition.IfAbsent, cancellationToken);
        return record;
    }

    private async Task<StartOutcome> RunTaskAsync(JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return StartOutcome.Of(await ecs.RunTaskAsync(RunTaskRequests.For(id, settings), cancellationToken));
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            LogError(exception, id);
            return StartOutcome.Of(exception);
        }
    }

    private static JobError Refused(string reason) => new(JobErrorCode.TaskFailedToStart, $"ECS refused to start the task: {reason}.");

    [LoggerMessage(LogLevel.Information, "Job {JobId} runs as {Arn}")]
    private partial void LogStarted(JobId jobId, string arn);

    [LoggerMessage(LogLevel.Warning, "Job {JobId} waits for room: {Reason}")]
    private partial void LogNoRoom(JobId jobId, string reason);

    [LoggerMessage(LogLevel.Error, "Job {JobId} cannot be started: {Reason}")]
    private partial void LogRefused(JobId jobId, string reason);

    [LoggerMessage(LogLevel.Warning, "RunTask failed for job {JobId}")]
    private partial void LogError(Exception exception, JobId jobId);
}
