namespace Thumbnails.TestServers.Ecs;

/// <summary>An entry of <c>failures</c>, which ECS returns with HTTP 200.</summary>
/// <param name="Reason">The reason, a word or a sentence.</param>
/// <param name="Detail">More about the reason.</param>
/// <param name="Arn">The ARN of the resource that failed.</param>
public sealed record EcsFailure(string? Reason, string? Detail = null, string? Arn = null)
{
    /// <summary>Fargate has no capacity in the zones of the request's subnets. Transient.</summary>
    public static EcsFailure NoCapacity { get; } = new(
        "Capacity is unavailable at this time. Please try again later or in a different availability zone");

    /// <summary>The account's quota of virtual CPUs is used up.</summary>
    public static EcsFailure TaskLimit { get; } = new("You've reached the limit on the number of tasks you can run concurrently");

    /// <summary>No container instance has enough resources. Permanent.</summary>
    public static EcsFailure NoMemory { get; } = new("RESOURCE:MEMORY");
}
