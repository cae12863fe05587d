using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker;

/// <summary>A job, or a part of it, failed for a reason that its owner should know.</summary>
/// <param name="code">The stable code.</param>
/// <param name="message">The text for users.</param>
/// <param name="detail">Details for the log only.</param>
internal sealed class JobFailedException(JobErrorCode code, string message, string? detail = null) : Exception(message)
{
    public JobError Error { get; } = new(code, message);

    public string? Detail { get; } = detail;

    /// <summary>Whether every other position in the video would fail too.</summary>
    public bool IsFinal { get; init; }
}
