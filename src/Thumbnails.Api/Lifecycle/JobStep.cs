using Thumbnails.Core.Jobs;

namespace Thumbnails.Api.Lifecycle;

/// <summary>What a job needs next.</summary>
internal abstract record JobStep
{
    private JobStep()
    {
    }

    /// <summary>Nothing before a time, at which its clock entry stands.</summary>
    internal sealed record Wait(DateTimeOffset Until) : JobStep;

    /// <summary>Nothing before there is room; its clock entry is marked as waiting.</summary>
    internal sealed record WaitForRoom : JobStep;

    /// <summary>A task, for the given attempt.</summary>
    internal sealed record Start(int Attempt) : JobStep;

    /// <summary>Its task must be stopped: the job has ended.</summary>
    internal sealed record Stop : JobStep;

    /// <summary>A result, because its worker will not write one.</summary>
    internal sealed record Settle(JobResult Result) : JobStep;

    /// <summary>Its webhook must be sent.</summary>
    internal sealed record Deliver(int Attempt) : JobStep;

    /// <summary>Its webhook must be given up: no attempt is left.</summary>
    internal sealed record GiveUpDelivery : JobStep;

    /// <summary>Nothing, ever again.</summary>
    internal sealed record Done : JobStep;
}
