namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Prepares the function, before its first invocation.</summary>
/// <returns>Whether invocations shall be taken.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
