using System.Text.Json.Serialization;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Core.Jobs;

/// <summary>The status of a job. The members are in the order in which a job passes through them.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<JobStatus>))]
public enum JobStatus
{
    /// <summary>The job starts when its video has been uploaded.</summary>
    AwaitingUpload,

    /// <summary>The job was accepted and waits for capacity.</summary>
    Queued,

    /// <summary>The task is being prepared: network, image, container.</summary>
    Starting,

    /// <summary>The worker is running.</summary>
    Running,

    /// <summary>All pictures were made.</summary>
    Succeeded,

    /// <summary>The job ended without all its pictures; the error gives the reason.</summary>
    Failed,

    /// <summary>The job was canceled by a client.</summary>
    Canceled,
}

/// <summary>The rules for changes of <see cref="JobStatus"/>.</summary>
public static class JobStatuses
{
    /// <summary>Returns whether a job with this status has ended and never changes again.</summary>
    public static bool IsFinal(this JobStatus status) => status >= JobStatus.Succeeded;

    /// <summary>Returns whether a job may change from one status to the other: only forward, and never from a final one.</summary>
    public static bool CanBecome(this JobStatus from, JobStatus to) => !from.IsFinal() && to > from;
}
