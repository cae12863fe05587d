namespace Amazon.Lambda.Tests;

/// <summary>Tests of what the process has only one of.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
