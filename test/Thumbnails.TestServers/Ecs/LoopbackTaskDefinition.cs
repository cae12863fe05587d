namespace Thumbnails.TestServers.Ecs;

/// <summary>A revision of a task definition, for Fargate and the network mode <c>awsvpc</c>.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="Family">Its family.</param>
/// <param name="Revision">Its number in the family, from one.</param>
/// <param name="Containers">Its containers.</param>
public sealed record LoopbackTaskDefinition(
    string Arn, string Family, int Revision, IReadOnlyList<LoopbackContainerDefinition> Containers)
{
    /// <summary>CPU units, 1,024 to a virtual CPU.</summary>
    public string Cpu { get; init; } = "256";

    /// <summary>Memory in MiB.</summary>
    public string Memory { get; init; } = "512";

    /// <summary>Tags, which tasks get when a request says <c>propagateTags</c>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>A container of a task definition.</summary>
/// <param name="Name">Its name, by which overrides find it.</param>
public sealed record LoopbackContainerDefinition(string Name)
{
    /// <summary>Its image.</summary>
    public string Image { get; init; } = "public.ecr.aws/docker/library/busybox:stable";

    /// <summary>Whether the task ends with it.</summary>
    public bool IsEssential { get; init; } = true;

    /// <summary>The variables that every task gives it, under those of the request.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
