using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Events;

/// <summary>
/// Records every task state that ECS reports, which saves calls to ECS. A stopped task has its job reconciled, and its capacity can
/// start a waiting job.
/// </summary>
internal sealed class TaskChanges(
    IObjectStore store, JobReconciler reconciler, WaitingJobs waiting, RunnerSettings runner, TimeProvider clock)
{
    public async Task HandleAsync(TaskChange change, CancellationToken budget)
    {
        if (runner is not RunnerSettings.Fargate { Task: var fargate } || !IsOf(fargate.Cluster, change.ClusterArn) || !JobId.TryParse(change.StartedBy, out var id))
            return;
        // The result of a job that has ended is complete, and has its own event.
        if (!await store.HasEndedAsync(id, CancellationToken.None))
            await RecordAsync(id, TaskOutcome.Of(change.ToTask(), fargate.Container));
        if (change.LastStatus == "STOPPED")
            await waiting.StartAsync(budget);
    }

    private async Task RecordAsync(JobId id, TaskState state)
    {
        var sighting = new TaskSighting(clock.GetUtcNow(), state);
        await store.PutJsonAsync(ObjectKeys.TaskState(id), sighting, StoredJson.Default.TaskSighting, PutCondition.None, CancellationToken.None);
        if (state.StoppedAt is not null)
            await reconciler.RunAsync(id, untilEnd: false, CancellationToken.None);
    }

    // The setting may be the cluster's name or its ARN.
    private static bool IsOf(string cluster, string clusterArn) =>
        clusterArn == cluster || clusterArn.EndsWith($":cluster/{cluster}", StringComparison.Ordinal);
}
