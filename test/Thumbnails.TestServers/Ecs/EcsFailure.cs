namespace Thumbnails.TestServers.Ecs;

/// <summary>Why a part of a call failed that is answered with HTTP 200.</summary>
/// <param name="Reason">A word or a sentence.</param>
/// <param name="Detail">More of it.</param>
/// <param name="Arn">What failed.</param>
public sealed record EcsFailure(string? Reason, string? Detail = null, string? Arn = null)
{
    /// <summary>Fargate is out of capacity in the zones of the request's subnets; passes by itself.</summary>
    public static EcsFailure NoCapacity { get; } = new(
        "Capacity is unavailable at this time. Please try again later or in a different availability zone");

    /// <summary>The account's quota of virtual CPUs is used up.</summary>
    public static EcsFailure TaskLimit { get; } = new("You've reached the limit on the number of tasks you can run concurrently");

    /// <summary>No container instance has room; does not pass by itself.</summary>
    public static EcsFailure NoMemory { get; } = new("RESOURCE:MEMORY");
}
