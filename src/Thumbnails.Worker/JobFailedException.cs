using Thumbnails.Core.Jobs;

namespace Thumbnails.Worker;

/// <summary>A job, or one of its frames, cannot be done.</summary>
/// <param name="code">The stable code.</param>
/// <param name="message">For the caller.</param>
/// <param name="detail">For the log only.</param>
internal sealed class JobFailedException(JobErrorCode code, string message, string? detail = null) : Exception(message)
{
    public JobError Error { get; } = new(code, message);

    public string? Detail { get; } = detail;

    /// <summary>Whether other positions of the same video would fail, too.</summary>
    public bool IsFinal { get; init; }
}
