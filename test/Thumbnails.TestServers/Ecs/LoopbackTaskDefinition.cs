namespace Thumbnails.TestServers.Ecs;

/// <summary>A revision of a task definition, for Fargate and the network mode <c>awsvpc</c>.</summary>
/// <param name="Arn">The ARN.</param>
/// <param name="Family">The family.</param>
/// <param name="Revision">The revision, counted from 1.</param>
/// <param name="Containers">The container definitions.</param>
public sealed record LoopbackTaskDefinition(
    string Arn, string Family, int Revision, IReadOnlyList<LoopbackContainerDefinition> Containers)
{
    /// <summary>CPU units, 1,024 to a virtual CPU.</summary>
    public string Cpu { get; init; } = "256";

    /// <summary>Memory in MiB.</summary>
    public string Memory { get; init; } = "512";

    /// <summary>The tags, which tasks receive when a request sets <c>propagateTags</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>A container of a task definition.</summary>
/// <param name="Name">The name, which overrides refer to.</param>
public sealed record LoopbackContainerDefinition(string Name)
{
    /// <summary>The image.</summary>
    public string Image { get; init; } = "public.ecr.aws/docker/library/busybox:stable";

    /// <summary>Whether the task stops when this container exits.</summary>
    public bool IsEssential { get; init; } = true;

    /// <summary>The environment variables, which a request can override.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
