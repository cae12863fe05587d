using System.ComponentModel;

namespace Thumbnails.Api.Runners;

[Description("An ECS task as DescribeTasks reports it. ECS forgets a stopped task after about an hour.")]
internal sealed record TaskDetails
{
    [Description("The task's ARN.")]
    public required string Arn { get; init; }

    [Description("Its last known status, such as RUNNING.")]
    public string? LastStatus { get; init; }

    [Description("The status that ECS is taking it to.")]
    public string? DesiredStatus { get; init; }

    [Description("Why it stopped, such as EssentialContainerExited; an open set.")]
    public string? StopCode { get; init; }

    [Description("Why it stopped, in ECS's words.")]
    public string? StoppedReason { get; init; }

    [Description("The exit code of the worker's container; null when it never ran.")]
    public int? ExitCode { get; init; }
}
