namespace Amazon.ECS.Model;

/// <summary>The share of tasks for one capacity provider. <see cref="CapacityProvider"/> is required.</summary>
public class CapacityProviderStrategyItem
{
    /// <summary>
    /// The minimum number of tasks for this provider, 0 to 100,000. Only one item of a strategy can set a base.
    /// </summary>
    public int? Base { get; set; }

    /// <summary>The name of the capacity provider: <c>FARGATE</c>, <c>FARGATE_SPOT</c>, or one of the cluster's own.</summary>
    public string CapacityProvider { get; set; }

    /// <summary>The relative share of the tasks above the base, 0 to 1,000.</summary>
    public int? Weight { get; set; }
}
