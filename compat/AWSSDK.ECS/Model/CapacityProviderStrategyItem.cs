namespace Amazon.ECS.Model;

/// <summary>A share of the tasks for one capacity provider. <see cref="CapacityProvider"/> must be given.</summary>
public class CapacityProviderStrategyItem
{
    /// <summary>How many tasks it gets at least, 0 to 100,000; only one item of a strategy may say so.</summary>
    public int? Base { get; set; }

    /// <summary>Its name: <c>FARGATE</c>, <c>FARGATE_SPOT</c>, or one of the cluster's own.</summary>
    public string CapacityProvider { get; set; }

    /// <summary>Its part of the tasks beyond the base, 0 to 1,000.</summary>
    public int? Weight { get; set; }
}
