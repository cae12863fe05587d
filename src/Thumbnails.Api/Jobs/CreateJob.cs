using Thumbnails.Api.Hosting;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Accepts a job and starts its task.</summary>
internal sealed class CreateJob(
    IObjectStore store, ITaskRunner runner, Idempotency idempotency, DeliveryStore webhooks, Settings settings, TimeProvider clock)
{
    /// <param name="request">A valid request.</param>
    /// <param name="idempotencyKey">Requests with the same key get the same job.</param>
    /// <param name="apiAddress">Under which the client reached this program.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The video is not there, or the key came with another body before.</exception>
    public async Task<JobId> RunAsync(
        CreateJobRequest request, string? idempotencyKey, Uri apiAddress, CancellationToken cancellationToken)
    {
        var id = idempotencyKey is null ? null : await idempotency.FindAsync(idempotencyKey, request, cancellationToken);
        if (id is not null && await store.HeadAsync(ObjectKeys.Job(id), cancellationToken) is not null)
            return id;
        ObjectKey video = request.VideoKey!;
        await RequireVideoAsync(video, cancellationToken);
        id ??= JobId.New(clock);
        if (idempotencyKey is not null)
            id = await idempotency.ReserveAsync(idempotencyKey, request, id, cancellationToken);

        // From here on the job is accepted: a client that goes away does not stop it half way.
        var job = request.ToJob(id, video, apiAddress, clock.GetUtcNow(), (int)settings.Runner.TimeLimit.TotalSeconds);
        await webhooks.OweAsync(job, CancellationToken.None);
        if (await store.PutJsonAsync(ObjectKeys.Job(id), job, CoreJson.Default.Job, PutCondition.IfAbsent, CancellationToken.None))
            await runner.StartAsync(job, CancellationToken.None);
        return id;
    }

    private async Task RequireVideoAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (await store.HeadAsync(key, cancellationToken) is null)
            throw new ApiException(RequestErrorCode.VideoNotFound, $"There is no video {key}; upload it first.");
    }
}
