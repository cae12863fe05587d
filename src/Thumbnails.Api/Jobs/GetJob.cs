using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Tells what became of a job, at once or as soon as it has ended.</summary>
internal sealed class GetJob(JobRecords records, IObjectStore store, JobCompletions completions, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <param name="id">The job.</param>
    /// <param name="wait">How long to wait for its end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">There is no such job.</exception>
    public async Task<JobRecord> RunAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
            await WaitAsync(id, wait, cancellationToken);
        return await records.FindAsync(id, cancellationToken) ?? throw JobNotFound();
    }

    public static ApiException JobNotFound() => new(RequestErrorCode.JobNotFound);

    private async Task WaitAsync(JobId id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        limit.CancelAfter(wait);
        completions.Ended += OnEnded;
        try
        {
            if (await store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken) is not { } job)
                return;
            // A video whose event was lost is not waited for in vain.
            if (job.UploadExpiresAt is not null)
                await records.FindAsync(id, cancellationToken);
            while (!limit.IsCancellationRequested && !await store.HasEndedAsync(id, cancellationToken))
                await Task.WhenAny(ended.Task, Task.Delay(LookAgain, limit.Token));
        }
        finally
        {
            completions.Ended -= OnEnded;
        }

        void OnEnded(JobId other)
        {
            if (other == id)
                ended.TrySetResult();
        }
    }
}
