using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Runners;

/// <summary>The outcome of starting a task.</summary>
internal abstract record StartOutcome
{
    private StartOutcome()
    {
    }

    /// <summary>The job has a task.</summary>
    /// <param name="State">Its state.</param>
    /// <param name="Record">What the store must remember of it; null when the task does not outlive this process.</param>
    internal sealed record Started(TaskState State, TaskRecord? Record = null) : StartOutcome;

    /// <summary>Not now: at a limit, throttled, no capacity, or no answer. The same start may be repeated later.</summary>
    internal sealed record NoRoom(string Reason) : StartOutcome;

    /// <summary>Never: the request itself is wrong.</summary>
    internal sealed record Refused(JobError Error) : StartOutcome;
}
