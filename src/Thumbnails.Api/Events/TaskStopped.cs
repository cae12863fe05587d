using Thumbnails.Api.Hosting;
using Thumbnails.Api.Jobs;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>Ends the job of a task that has stopped, unless its worker did: nobody may ever ask for that job.</summary>
internal sealed partial class TaskStopped(
    IObjectStore store, SettleJob settle, Settings settings, TimeProvider clock, ILogger<TaskStopped> logger)
{
    public async Task HandleAsync(TaskChange change, CancellationToken cancellationToken)
    {
        if (change.LastStatus == "STOPPED"
            && settings.Runner is RunnerSettings.Fargate { Task: var fargate }
            && IsOf(fargate.Cluster, change.ClusterArn)
            && JobId.TryParse(change.StartedBy, out var id))
            await SettleAsync(id, change, fargate.Container, cancellationToken);
    }

    private async Task SettleAsync(JobId id, TaskChange change, string container, CancellationToken cancellationToken)
    {
        var job = store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken);
        var record = store.GetJsonAsync(ObjectKeys.Task(id), ApiJson.Default.TaskRecord, cancellationToken);
        await Task.WhenAll(job, record);
        if (await job is null || (await record is { Arn: var arn } && arn != change.TaskArn))
            LogNotOurs(change.TaskArn, id);
        else
            await settle.RunAsync(id, TaskOutcome.Of(change.ToTask(), container).ToResult(clock.GetUtcNow()), cancellationToken);
    }

    // The settings may name the cluster, or give its ARN.
    private static bool IsOf(string cluster, string clusterArn) =>
        clusterArn == cluster || clusterArn.EndsWith($":cluster/{cluster}", StringComparison.Ordinal);

    [LoggerMessage(LogLevel.Warning, "The task {Arn} was started by job {JobId}, but is not its task")]
    private partial void LogNotOurs(string arn, JobId jobId);
}
