using System.Globalization;

namespace Amazon.Lambda.Internal.Runtime;

/// <summary>
/// The environment variables that Lambda sets.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"/>
/// </summary>
internal sealed record LambdaEnvironment(
    string RuntimeApi,
    string FunctionName,
    string FunctionVersion,
    string LogGroupName,
    string LogStreamName,
    int MemoryLimitInMB,
    bool IsSnapStart)
{
    private const string FunctionNameVariable = "AWS_LAMBDA_FUNCTION_NAME", RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API", HeapLimit = "GCHeapHardLimit";

    public static bool IsPresent => Text(FunctionNameVariable).Length > 0;

    /// <exception cref="InvalidOperationException"><c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    public static LambdaEnvironment Read() => new(
        Text(RuntimeApiVariable) is { Length: > 0 } api ? api : throw new InvalidOperationException($"{RuntimeApiVariable} is not set."),
        Text(FunctionNameVariable),
        Text("AWS_LAMBDA_FUNCTION_VERSION"),
        Text("AWS_LAMBDA_LOG_GROUP_NAME"),
        Text("AWS_LAMBDA_LOG_STREAM_NAME"),
        int.TryParse(Text("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0,
        Text("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start");

    /// <summary>
    /// Limits the managed heap to the function's memory instead of the machine's. An existing limit is kept.
    /// </summary>
    public void LimitHeap()
    {
        if (MemoryLimitInMB == 0 || AppContext.GetData(HeapLimit) is not null)
            return;
        AppContext.SetData(HeapLimit, (ulong)MemoryLimitInMB << 20);
        GC.RefreshMemoryLimit();
    }

    private static string Text(string variable) => Environment.GetEnvironmentVariable(variable) ?? "";
}
