using Thumbnails.Api.Hosting;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Accepts a job whose video is yet to be uploaded.</summary>
internal sealed class AwaitUpload(
    IObjectStore store, AwaitingJobs awaiting, DeliveryStore webhooks, Settings settings, TimeProvider clock)
{
    /// <param name="id">The job's id, which its video's key has too.</param>
    /// <param name="request">A valid request.</param>
    /// <param name="video">Where the video will be.</param>
    /// <param name="expiresAt">When the addresses for its upload stop working.</param>
    /// <param name="apiAddress">Under which the client reached this program.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task RunAsync(
        JobId id, JobBody request, ObjectKey video, DateTimeOffset expiresAt, Uri apiAddress, CancellationToken cancellationToken)
    {
        await awaiting.AddAsync(id, expiresAt, cancellationToken);
        var job = request.ToJob(id, video, apiAddress, clock.GetUtcNow(), (int)settings.Runner.TimeLimit.TotalSeconds) with { UploadExpiresAt = expiresAt };
        await webhooks.OweAsync(job, cancellationToken);
        await store.PutJsonAsync(ObjectKeys.Job(id), job, CoreJson.Default.Job, PutCondition.IfAbsent, cancellationToken);
    }
}
