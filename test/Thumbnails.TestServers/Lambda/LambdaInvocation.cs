namespace Thumbnails.TestServers.Lambda;

/// <summary>How a function is invoked.</summary>
public sealed record LambdaInvocation
{
    /// <summary>As long as an HTTP API waits at most, and 30 seconds to the documented tracing header.</summary>
    public static LambdaInvocation Default { get; } = new();

    /// <summary>The time that the function has, from when it takes the event.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The tracing header; empty for none.</summary>
    public string TraceId { get; init; } = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
}
