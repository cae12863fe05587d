using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Accepts a job and starts its task.</summary>
internal sealed class CreateJob(
    IObjectStore store, JobReconciler reconciler, AcceptJob acceptJob, Idempotency idempotency, RunnerSettings runner, TimeProvider clock)
{
    /// <param name="request">A valid request.</param>
    /// <param name="idempotencyKey">Requests with the same key return the same job.</param>
    /// <param name="apiUrl">The base URL that the client used.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The video does not exist, or the key was used with a different body.</exception>
    public async Task<JobSnapshot> RunAsync(
        CreateJobRequest request, string? idempotencyKey, Uri apiUrl, CancellationToken cancellationToken)
    {
        var id = idempotencyKey is null ? null : await idempotency.FindAsync(idempotencyKey, request, cancellationToken);
        if (id is not null && await reconciler.RunAsync(id, untilEnd: true, cancellationToken) is { } existing)
            return existing;
        ObjectKey video = request.VideoKey!;
        await RequireVideoAsync(video, cancellationToken);
        id ??= JobId.New(clock);
        if (idempotencyKey is not null)
            id = await idempotency.ReserveAsync(idempotencyKey, request, id, cancellationToken);

        // The job is accepted now, so it is started even if the client disconnects.
        var job = request.ToJob(id, video, apiUrl, clock.GetUtcNow(), (int)runner.TimeLimit.TotalSeconds);
        return await acceptJob.RunAsync(job, CancellationToken.None) is { } accepted
            ? await reconciler.RunAsync(accepted, CancellationToken.None)
            : (await reconciler.RunAsync(id, untilEnd: true, CancellationToken.None))!;
    }

    private async Task RequireVideoAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (await store.HeadAsync(key, cancellationToken) is null)
            throw new ApiException(RequestErrorCode.VideoNotFound, $"The video {key} does not exist. Upload it first: POST /uploads returns a URL for it, and its videoKey.");
    }
}
