using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>The outcome of a task start.</summary>
internal abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>The job has a task.</summary>
    /// <param name="State">Its state.</param>
    /// <param name="Record">The record to store; null when the task does not outlive this process.</param>
    internal sealed record Started(TaskState State, TaskRecord? Record = null) : StartOutcome;

    /// <summary>Not now, because of a limit, throttling, missing capacity or no response. The same start can be repeated later.</summary>
    internal sealed record NoRoom(string Reason) : StartOutcome;

    /// <summary>Never, because the request itself is wrong.</summary>
    internal sealed record Refused(JobError Error) : StartOutcome;
}
