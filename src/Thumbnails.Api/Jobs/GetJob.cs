using Thumbnails.Api.Lifecycle;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Returns a job, either immediately or when it has ended.</summary>
internal sealed class GetJob(
    JobReconciler reconciler, IObjectStore store, JobCompletions completions, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for the job to end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The job does not exist.</exception>
    public async Task<JobSnapshot> RunAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var job = await reconciler.RunAsync(id, untilEnd: true, cancellationToken) ?? throw JobNotFound();
        return await AwaitEndAsync(job, wait, cancellationToken);
    }

    /// <summary>Returns the job when it has ended, or when the wait is over.</summary>
    public async Task<JobSnapshot> AwaitEndAsync(JobSnapshot job, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero || job.Result is not null)
            return job;
        var id = job.Job.Id;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        limit.CancelAfter(wait);
        completions.Ended += OnEnded;
        try
        {
            while (!limit.IsCancellationRequested && !await store.HasEndedAsync(id, cancellationToken))
                await Task.WhenAny(ended.Task, Task.Delay(LookAgain, limit.Token));
        }
        finally
        {
            completions.Ended -= OnEnded;
        }

        return await reconciler.RunAsync(id, untilEnd: true, cancellationToken) ?? throw JobNotFound();

        void OnEnded(JobId other)
        {
            if (other == id)
                ended.TrySetResult();
        }
    }

    public static ApiException JobNotFound() => new(RequestErrorCode.JobNotFound);
}
