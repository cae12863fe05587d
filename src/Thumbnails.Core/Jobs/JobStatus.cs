using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>How far a job has come. The members stand in their legal order.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>Starts when its video has been uploaded.</summary>
    AwaitingUpload,

    /// <summary>Accepted; waits for room.</summary>
    Queued,

    /// <summary>The task is being prepared: network, image, container.</summary>
    Starting,

    /// <summary>The worker works.</summary>
    Running,

    /// <summary>Every picture is there.</summary>
    Succeeded,

    /// <summary>Ended without all its pictures; the error says why.</summary>
    Failed,

    /// <summary>Ended because someone asked for it.</summary>
    Canceled,
}

/// <summary>The legal order of <see cref="JobStatus"/>.</summary>
public static class JobStatuses
{
    /// <summary>Whether a job of this status has ended; such a job never changes again.</summary>
    public static bool IsFinal(this JobStatus status) => status >= JobStatus.Succeeded;

    /// <summary>Whether a job may go from one status to the other: only forward, and never out of a final one.</summary>
    public static bool CanBecome(this JobStatus from, JobStatus to) => !from.IsFinal() && to > from;
}
