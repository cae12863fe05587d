namespace Amazon.Lambda.Tests;

/// <summary>Tests of process-wide state, which run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
