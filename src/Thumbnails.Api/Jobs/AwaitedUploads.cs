using Thumbnails.Api.Runners;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>When the video of a job that awaited it was there, as <c>jobs/{id}/upload.json</c> holds it.</summary>
internal sealed record UploadRecord(DateTimeOffset At);

/// <summary>
/// Looks after the jobs that were asked for together with the address for their video: one starts when the video is there,
/// one whose video does not come fails. The event of the upload looks, the schedule does, and whoever asks for the job: an
/// event may be lost, late, or there twice.
/// </summary>
internal sealed partial class AwaitedUploads(
    IObjectStore store, AwaitingJobs awaiting, ITaskRunner runner, SettleJob settle, TimeProvider clock, ILogger<AwaitedUploads> logger)
{
    // An upload that began in time may end later: it gets a quarter of the address's lifetime more, within reason.
    private const int GraceParts = 4;
    private static readonly TimeSpan MaxGrace = TimeSpan.FromHours(1);

    // A mark is put down before its job; whoever accepted the job died in between.
    private static readonly TimeSpan JobFollowsWithin = TimeSpan.FromHours(1);

    /// <summary>When the job's video was there; null when nobody has seen it yet.</summary>
    public Task<UploadRecord?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        store.GetJsonAsync(ObjectKeys.Upload(id), ApiJson.Default.UploadRecord, cancellationToken);

    /// <summary>Does what is due with a job, if it still awaits its video.</summary>
    public async Task CheckAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await awaiting.FindAsync(id, cancellationToken) is { } mark)
            await CheckAsync(mark, cancellationToken);
    }

    /// <summary>Does what is due with a job that is marked.</summary>
    public async Task CheckAsync(JobMark mark, CancellationToken cancellationToken)
    {
        var job = store.GetJsonAsync(ObjectKeys.Job(mark.Id), CoreJson.Default.Job, cancellationToken);
        var hasEnded = store.HasEndedAsync(mark.Id, cancellationToken);
        await Task.WhenAll(job, hasEnded);
        if (await hasEnded || (await job is null && clock.GetUtcNow() - mark.MarkedAt > JobFollowsWithin))
            await awaiting.RemoveAsync(mark.Id, cancellationToken);
        else if (await job is { } found)
            await CheckAsync(found, cancellationToken);
    }

    /// <summary>Does what is due with a job that has not ended.</summary>
    /// <returns>When its video was there; null when it is still awaited, or is not any more and the job has failed.</returns>
    public async Task<UploadRecord?> CheckAsync(Job job, CancellationToken cancellationToken)
    {
        var upload = await FindAsync(job.Id, cancellationToken) ?? await RecordAsync(job, cancellationToken);
        if (upload is null && await IsOverdueAsync(job, cancellationToken))
            await FailAsync(job.Id, "The video was not uploaded before its address expired.", cancellationToken);
        else if (upload is not null && await awaiting.FindAsync(job.Id, cancellationToken) is not null)
            await StartAsync(job);
        return upload;
    }

    /// <summary>Fails a job whose upload was given up, unless its video is there.</summary>
    public async Task GiveUpAsync(JobId id, CancellationToken cancellationToken)
    {
        if (await awaiting.FindAsync(id, cancellationToken) is null
            || await store.GetJsonAsync(ObjectKeys.Job(id), CoreJson.Default.Job, cancellationToken) is not { } job)
            return;
        if (await CheckAsync(job, cancellationToken) is null)
            await FailAsync(id, "The upload was given up.", cancellationToken);
    }

    private async Task<UploadRecord?> RecordAsync(Job job, CancellationToken cancellationToken)
    {
        if (await store.HeadAsync(job.VideoKey, cancellationToken) is null)
            return null;
        var upload = new UploadRecord(clock.GetUtcNow());
        return await store.PutJsonAsync(ObjectKeys.Upload(job.Id), upload, ApiJson.Default.UploadRecord, PutCondition.IfAbsent, cancellationToken)
            ? upload
            : await FindAsync(job.Id, cancellationToken);
    }

    // The mark goes last, so that a start that broke off is made again; and once begun it does not break off with its caller.
    private async Task StartAsync(Job job)
    {
        if (!await store.HasEndedAsync(job.Id, CancellationToken.None) && await store.HeadAsync(ObjectKeys.Task(job.Id), CancellationToken.None) is null)
        {
            LogUploaded(job.Id);
            await runner.StartAsync(job, CancellationToken.None);
            // Whoever canceled it just now may have looked for a task before there was one.
            if (await store.HasEndedAsync(job.Id, CancellationToken.None))
                await runner.StopAsync(job, null, CancellationToken.None);
        }

        await awaiting.RemoveAsync(job.Id, CancellationToken.None);
    }

    private async Task<bool> IsOverdueAsync(Job job, CancellationToken cancellationToken)
    {
        var (now, expiry) = (clock.GetUtcNow(), job.UploadExpiresAt!.Value);
        var grace = TimeSpan.FromTicks(Math.Min((expiry - job.CreatedAt).Ticks / GraceParts, MaxGrace.Ticks));
        // Whoever resumes an upload in parts gets fresh addresses, which the mark knows of.
        return now > expiry + grace && !(await awaiting.UntilAsync(job.Id, cancellationToken) + grace >= now);
    }

    private async Task FailAsync(JobId id, string message, CancellationToken cancellationToken)
    {
        var result = JobResult.Failure(new JobError(JobErrorCode.UploadMissing, message), clock.GetUtcNow());
        await settle.RunAsync(id, result, cancellationToken);
        await awaiting.RemoveAsync(id, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Job {JobId} has its video")]
    private partial void LogUploaded(JobId jobId);
}
