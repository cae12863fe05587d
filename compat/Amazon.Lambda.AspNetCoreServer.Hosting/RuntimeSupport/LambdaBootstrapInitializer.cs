namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Initializes the function before its first invocation.</summary>
/// <returns><c>true</c> to start handling invocations.</returns>
public delegate Task<bool> LambdaBootstrapInitializer();
