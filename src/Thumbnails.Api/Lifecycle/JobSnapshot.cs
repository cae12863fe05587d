using Thumbnails.Api.Runners;
using Thumbnails.Api.Webhooks;
using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>Everything known about one job at one moment.</summary>
/// <param name="Job">The request.</param>
internal sealed record JobSnapshot(Job Job)
{
    /// <summary>Whether an event reports the upload that the job waits for.</summary>
    public bool UploadIsAnnounced { get; init; }

    /// <summary>When the video of a job that waits for its upload was there; null while it is not.</summary>
    public DateTimeOffset? UploadedAt { get; init; }

    /// <summary>The upload deadline of a resumed upload; null for other jobs, and before the job's own deadline.</summary>
    public DateTimeOffset? ExtendedDeadline { get; init; }

    /// <summary>Whether the runner had no room for the job when it could have started.</summary>
    public bool WaitsForRoom { get; init; }

    /// <summary>The latest attempt, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The task of the latest attempt, as the store knows it; null before it has one, and always on one machine.</summary>
    public TaskRecord? Record { get; init; }

    /// <summary>What the runner reports about that task; null when it knows of none, or when the worker ended the job.</summary>
    public TaskState? Task { get; init; }

    /// <summary>The outcome; null while the job has not ended.</summary>
    public JobResult? Result { get; init; }

    /// <summary>The webhook of a job that has ended; null for a job without one.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>When the job could start: its video was there.</summary>
    public DateTimeOffset StartableAt => UploadedAt ?? Job.CreatedAt;

    public bool AwaitsUpload => Job.UploadExpiresAt is not null && UploadedAt is null && Record is null && Task is null;

    public JobStatus Status => this switch
    {
        { Result.Status: var status } => status,
        { AwaitsUpload: true } => JobStatus.AwaitingUpload,
        // A task that stopped without a result: the job's next attempt has not begun.
        { Task.StoppedAt: not null } => JobStatus.Queued,
        { Task: { Status: var status } } when !status.IsFinal() => status,
        { Record: not null } => JobStatus.Starting,
        _ => JobStatus.Queued,
    };
}
