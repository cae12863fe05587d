using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using Task = System.Threading.Tasks.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Runs each job as one ECS task on Fargate.</summary>
internal sealed partial class FargateTaskRunner(
    IAmazonECS ecs, FargateSettings settings, TaskStarter starter, TaskDescriber describer, QueuedJobs queued, Redrive redrive,
    TimeProvider clock, ILogger<FargateTaskRunner> logger) : ITaskRunner
{
    // A task is MISSING for a moment after its start as well as an hour after its end.
    private static readonly TimeSpan MissingAtStart = TimeSpan.FromMinutes(2);

    // Whoever accepted a job starts it within seconds. ECS remembers a client token for an hour at least.
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(15), TokenLives = TimeSpan.FromMinutes(50);

    // The worker keeps the limit itself; this is for one that hangs.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly LastKnownStates _lastKnown = new();

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ecs.ListTasksAsync(new ListTasksRequest { Cluster = settings.Cluster, MaxResults = 1 }, cancellationToken);
        }
        catch (ClusterNotFoundException exception)
        {
            throw new RunnerUnavailableException($"There is no cluster {settings.Cluster} (Fargate:Cluster).", exception);
        }
        catch (AmazonServiceException exception)
        {
            throw new RunnerUnavailableException($"ECS refuses to list the tasks of {settings.Cluster} (Fargate:Cluster): {exception.ErrorCode}.", exception);
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            throw new RunnerUnavailableException($"ECS cannot be reached: {exception.GetBaseException().Message}", exception);
        }
    }

    public Task StartAsync(Job job, CancellationToken cancellationToken) => starter.StartAsync(job, cancellationToken);

    public async Task<TaskState?> DescribeAsync(
        Job job, DateTimeOffset startableAt, TaskRecord? record, CancellationToken cancellationToken)
    {
        var age = clock.GetUtcNow() - startableAt;
        record ??= await FindTaskAsync(job.Id, age, cancellationToken);
        if (record is null)
            return await WaitingAsync(job, age, cancellationToken);
        var description = await describer.DescribeAsync(record.Arn, cancellationToken);
        if (description.Task is null)
            return Unseen(job.Id, record, description.IsKnown);
        var state = TaskOutcome.Of(description.Task, settings.Container);
        _lastKnown.Remember(job.Id, state);
        return Hangs(job, state) ? await EndAsync(job, record, state, cancellationToken) : state;
    }

    public async Task StopAsync(Job job, TaskRecord? record, CancellationToken cancellationToken)
    {
        await queued.RemoveAsync(job.Id, cancellationToken);
        try
        {
            foreach (var arn in record is null ? await ListTasksAsync(job.Id, cancellationToken) : [record.Arn])
                await ecs.StopTaskAsync(new StopTaskRequest { Cluster = settings.Cluster, Task = arn, Reason = "The job has ended" }, cancellationToken);
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            // The job has its result. Its worker, when it comes to the end, finds that and leaves it.
            LogNotStopped(exception, job.Id);
        }
    }

    public Task RedriveAsync(CancellationToken cancellationToken) => redrive.RunAsync(cancellationToken);

    // Between RunTask and its record whoever started the job may have died.
    private async Task<TaskRecord?> FindTaskAsync(JobId id, TimeSpan age, CancellationToken cancellationToken)
    {
        if (age < StartsWithin || await queued.ContainsAsync(id, cancellationToken))
            return null;
        // A job that leaves the queue has its record already; it may have left since the record was looked for.
        if (await starter.FindRecordAsync(id, cancellationToken) is { } record)
            return record;
        try
        {
            return await ListTasksAsync(id, cancellationToken) is [var arn, ..] ? await starter.RecordAsync(id, arn, cancellationToken) : null;
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            LogNotFound(exception, id);
            return null;
        }
    }

    private async Task<TaskState?> WaitingAsync(Job job, TimeSpan age, CancellationToken cancellationToken)
    {
        if (await queued.ContainsAsync(job.Id, cancellationToken))
            await redrive.PromptAsync(cancellationToken);
        else if (age > TokenLives)
            return new TaskState(JobStatus.Failed) { Error = TaskOutcome.Lost() };
        else if (age > StartsWithin)
            await starter.StartAsync(job, cancellationToken);
        return TaskState.Queued;
    }

    private TaskState Unseen(JobId id, TaskRecord record, bool isMissing)
    {
        var starting = new TaskState(JobStatus.Starting) { Details = new TaskDetails { Arn = record.Arn } };
        var isYoung = clock.GetUtcNow() - record.StartedAt < MissingAtStart;
        return isMissing && !isYoung
            ? starting with { Status = JobStatus.Failed, Error = TaskOutcome.Lost() }
            : _lastKnown.Of(id) ?? starting;
    }

    private bool Hangs(Job job, TaskState state) => state.Status == JobStatus.Running
        && clock.GetUtcNow() - state.StartedAt > TimeSpan.FromSeconds(job.TimeoutSeconds) + Grace;

    private async Task<TaskState> EndAsync(Job job, TaskRecord record, TaskState state, CancellationToken cancellationToken)
    {
        await StopAsync(job, record, cancellationToken);
        return state with
        {
            Status = JobStatus.Failed,
            Error = new JobError(JobErrorCode.TimedOut, $"The job took longer than {job.TimeoutSeconds} seconds."),
        };
    }

    private async Task<List<string>> ListTasksAsync(JobId id, CancellationToken cancellationToken)
    {
        var request = new ListTasksRequest { Cluster = settings.Cluster, StartedBy = id.ToString() };
        return (await ecs.ListTasksAsync(request, cancellationToken)).TaskArns ?? [];
    }

    [LoggerMessage(LogLevel.Warning, "The task of job {JobId} could not be stopped")]
    private partial void LogNotStopped(Exception exception, JobId jobId);

    [LoggerMessage(LogLevel.Warning, "The task of job {JobId} could not be looked for")]
    private partial void LogNotFound(Exception exception, JobId jobId);
}
