using Amazon.ECS;
using Amazon.ECS.Model;
using Task = Amazon.ECS.Model.Task;

namespace Thumbnails.Api.Events;

/// <summary>
/// A task as an event reports it.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html"/>
/// </summary>
internal sealed record TaskChange(string TaskArn, string ClusterArn, string LastStatus)
{
    public string? DesiredStatus { get; init; }

    public string? StartedBy { get; init; }

    public string? StopCode { get; init; }

    public string? StoppedReason { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? StoppedAt { get; init; }

    public IReadOnlyList<ContainerChange>? Containers { get; init; }

    /// <summary>The task as DescribeTasks reports it.</summary>
    public Task ToTask() => new()
    {
        TaskArn = TaskArn,
        ClusterArn = ClusterArn,
        LastStatus = LastStatus,
        DesiredStatus = DesiredStatus,
        StartedBy = StartedBy,
        StopCode = StopCode is null ? null : new TaskStopCode(StopCode),
        StoppedReason = StoppedReason,
        StartedAt = StartedAt,
        StoppedAt = StoppedAt,
        Containers = [.. (Containers ?? []).Select(container => container.ToContainer())],
    };
}

/// <summary>A task's container as an event reports it.</summary>
internal sealed record ContainerChange(string Name)
{
    public string? LastStatus { get; init; }

    public int? ExitCode { get; init; }

    public string? Reason { get; init; }

    public Container ToContainer() => new() { Name = Name, LastStatus = LastStatus, ExitCode = ExitCode, Reason = Reason };
}
