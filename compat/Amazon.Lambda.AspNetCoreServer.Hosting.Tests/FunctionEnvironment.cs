namespace Amazon.Lambda.Tests;

/// <summary>
/// Sets a function's environment variables while a host starts. Tests share one environment, so they take turns.
/// </summary>
internal static class FunctionEnvironment
{
    private static readonly Lock Gate = new();

    public static T Within<T>(IReadOnlyDictionary<string, string> variables, Func<T> start)
    {
        lock (Gate)
        {
            var before = variables.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable);
            try
            {
                Set(variables!);
                return start();
            }
            finally
            {
                Set(before);
            }
        }
    }

    private static void Set(IReadOnlyDictionary<string, string?> variables)
    {
        foreach (var (name, value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
