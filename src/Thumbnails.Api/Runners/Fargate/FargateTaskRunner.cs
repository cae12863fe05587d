using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Thumbnails.Core.Jobs;
using Task = System.Threading.Tasks.Task;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>Runs each attempt at a job as one ECS task on Fargate.</summary>
internal sealed partial class FargateTaskRunner(
    IAmazonECS ecs, FargateSettings settings, TaskDescriber describer, TimeProvider clock, ILogger<FargateTaskRunner> logger) : ITaskRunner
{
    public bool IsShared => true;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ecs.ListTasksAsync(new ListTasksRequest { Cluster = settings.Cluster, MaxResults = 1 }, cancellationToken);
        }
        catch (ClusterNotFoundException exception)
        {
            throw new RunnerUnavailableException($"The cluster {settings.Cluster} (Fargate:Cluster) does not exist.", exception);
        }
        catch (AmazonServiceException exception)
        {
            throw new RunnerUnavailableException($"ECS does not allow listing the tasks of {settings.Cluster} (Fargate:Cluster): {exception.ErrorCode}.", exception);
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            throw new RunnerUnavailableException($"ECS cannot be reached: {exception.GetBaseException().Message}", exception);
        }
    }

    public async Task<StartOutcome> StartAsync(JobId id, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return RunTaskOutcome.Of(await ecs.RunTaskAsync(RunTaskRequests.For(id, attempt, settings), cancellationToken), clock.GetUtcNow());
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            LogNotStarted(exception, id);
            return RunTaskOutcome.Of(exception, clock.GetUtcNow());
        }
    }

    public Task<TaskState?> DescribeAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken) =>
        record is null ? Task.FromResult<TaskState?>(null) : describer.DescribeAsync(record.Arn, cancellationToken);

    public async Task StopAsync(JobId id, TaskRecord? record, CancellationToken cancellationToken)
    {
        if (record is null)
            return;
        try
        {
            await ecs.StopTaskAsync(new StopTaskRequest { Cluster = settings.Cluster, Task = record.Arn, Reason = "The job has ended" }, cancellationToken);
        }
        catch (Exception exception) when (EcsErrors.IsOfEcs(exception))
        {
            // The job has its result, and a worker that is not stopped does not replace it.
            LogNotStopped(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "RunTask failed for job {JobId}")]
    private partial void LogNotStarted(Exception exception, JobId jobId);

    [LoggerMessage(LogLevel.Warning, "The task of job {JobId} could not be stopped")]
    private partial void LogNotStopped(Exception exception, JobId jobId);
}
