namespace Thumbnails.Core.Jobs;

/// <summary>An ECS task as DescribeTasks tells it. ECS forgets a stopped task after about an hour.</summary>
public sealed record TaskDetails
{
    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Its last known status, such as <c>RUNNING</c>.</summary>
    public string? LastStatus { get; init; }

    /// <summary>The status that ECS wants it to have.</summary>
    public string? DesiredStatus { get; init; }

    /// <summary>Why it stopped, such as <c>EssentialContainerExited</c>; an open set.</summary>
    public string? StopCode { get; init; }

    /// <summary>Why it stopped, in ECS's words.</summary>
    public string? StoppedReason { get; init; }

    /// <summary>The exit code of the worker's container; null when it never ran.</summary>
    public int? ExitCode { get; init; }
}
