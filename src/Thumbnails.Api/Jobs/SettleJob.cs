using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;
using Thumbnails.Core.Storage;

namespace Thumbnails.Api.Jobs;

/// <summary>Ends a job whose worker did not: because it was canceled, or because its task stopped without a result.</summary>
internal sealed partial class SettleJob(IObjectStore store, JobCompletions completions, ILogger<SettleJob> logger)
{
    /// <summary>False when the job had ended already: the first outcome wins.</summary>
    public async Task<bool> RunAsync(JobId id, JobResult result, CancellationToken cancellationToken)
    {
        var won = await store.PutJsonAsync(ObjectKeys.Result(id), result, CoreJson.Default.JobResult, PutCondition.IfAbsent, cancellationToken);
        if (won)
            LogFinished(id, result.Status, result.Error?.Code);
        completions.Announce(id);
        return won;
    }

    [LoggerMessage(LogLevel.Information, "Job {JobId} ended without its worker: {Status} {Code}")]
    private partial void LogFinished(JobId jobId, JobStatus status, JobErrorCode? code);
}
