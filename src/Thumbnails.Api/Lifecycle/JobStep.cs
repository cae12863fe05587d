using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>The next step of a job.</summary>
internal abstract record JobStep
{
    private JobStep()
    {
    }

    /// <summary>Wait until a time, for which a clock entry exists.</summary>
    internal sealed record Wait(DateTimeOffset Until) : JobStep;

    /// <summary>Wait for capacity; the clock entry is marked as waiting.</summary>
    internal sealed record WaitForRoom : JobStep;

    /// <summary>Start a task for the given attempt.</summary>
    internal sealed record Start(int Attempt) : JobStep;

    /// <summary>Stop the task, because the job has ended.</summary>
    internal sealed record Stop : JobStep;

    /// <summary>Write a result, because the worker will not.</summary>
    internal sealed record Settle(JobResult Result) : JobStep;

    /// <summary>Send the webhook.</summary>
    internal sealed record Deliver(int Attempt) : JobStep;

    /// <summary>Give up the webhook, because no attempts are left.</summary>
    internal sealed record GiveUpDelivery : JobStep;

    /// <summary>The job needs nothing more.</summary>
    internal sealed record Done : JobStep;
}
