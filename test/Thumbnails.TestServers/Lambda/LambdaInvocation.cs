namespace Thumbnails.TestServers.Lambda;

/// <summary>The options of an invocation.</summary>
public sealed record LambdaInvocation
{
    /// <summary>
    /// The default invocation: 30 seconds, the limit of an HTTP API, and the tracing header in the documentation.
    /// </summary>
    public static LambdaInvocation Default { get; } = new();

    /// <summary>The time limit of the function, counted from when it takes the event.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The tracing header; empty for none.</summary>
    public string TraceId { get; init; } = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1";
}
