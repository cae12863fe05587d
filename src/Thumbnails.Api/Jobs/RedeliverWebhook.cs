using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Problems;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Jobs;

/// <summary>Sends the webhook of a job once more at a client's request, whether it was delivered or not.</summary>
internal sealed class RedeliverWebhook(JobSnapshots snapshots, JobReconciler reconciler)
{
    /// <exception cref="ApiException">The job does not exist, has no callback URL, or has not ended.</exception>
    public async Task<JobSnapshot> RunAsync(JobId id, CancellationToken cancellationToken)
    {
        var job = await snapshots.LoadAsync(id, cancellationToken) ?? throw GetJob.JobNotFound();
        if (job.Job.Callback is null)
            throw new ApiException(RequestErrorCode.CallbackUrlMissing);
        if (job.Result is null)
            throw new ApiException(RequestErrorCode.JobNotFinished);
        if (job.Delivery!.Attempts >= DeliveryStore.MaxAttempts)
            throw new ApiException(RequestErrorCode.TooManyRequests, $"This webhook has been sent {DeliveryStore.MaxAttempts} times, which is the limit.");
        return await reconciler.RedeliverAsync(job, cancellationToken);
    }
}
