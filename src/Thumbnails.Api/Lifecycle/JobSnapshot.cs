using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Everything known about a job at one moment.</summary>
/// <param name="Job">The request.</param>
internal sealed record JobSnapshot(Job Job)
{
    /// <summary>Whether an event reports the upload that the job waits for.</summary>
    public bool UploadIsAnnounced { get; init; }

    /// <summary>When the video that the job waits for was uploaded; null before that.</summary>
    public DateTimeOffset? UploadedAt { get; init; }

    /// <summary>The deadline of a resumed upload; null for other jobs, and before the job's own deadline.</summary>
    public DateTimeOffset? ExtendedDeadline { get; init; }

    /// <summary>Whether the runner had no capacity for the job when it could have started.</summary>
    public bool WaitsForRoom { get; init; }

    /// <summary>The latest attempt, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The stored record of the latest attempt's task; null before it has one, and always on a single machine.</summary>
    public TaskRecord? Record { get; init; }

    /// <summary>The state of that task; null when the runner knows none, or when the worker ended the job.</summary>
    public TaskState? Task { get; init; }

    /// <summary>The outcome; null while the job has not ended.</summary>
    public JobResult? Result { get; init; }

    /// <summary>The webhook of a job that has ended; null for a job without one.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>When the job could start, because its video existed.</summary>
    public DateTimeOffset StartableAt => UploadedAt ?? Job.CreatedAt;

    public bool AwaitsUpload => Job.UploadExpiresAt is not null && UploadedAt is null && Record is null && Task is null;

    public JobStatus Status => this switch
    {
        { Result.Status: var status } => status,
        { AwaitsUpload: true } => JobStatus.AwaitingUpload,
        // The task stopped without a result, and the next attempt has not started.
        { Task.StoppedAt: not null } => JobStatus.Queued,
        { Task: { Status: var status } } when !status.IsFinal() => status,
        { Record: not null } => JobStatus.Starting,
        _ => JobStatus.Queued,
    };
}
