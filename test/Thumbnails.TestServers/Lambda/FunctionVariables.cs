namespace Thumbnails.TestServers.Lambda;

/// <summary>
/// The environment variables that Lambda sets.
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"/>
/// </summary>
internal static class FunctionVariables
{
    public const string FunctionName = "loopback";

    public static IReadOnlyDictionary<string, string> Of(LoopbackLambda server, bool snapStart) => new Dictionary<string, string>
    {
        ["AWS_LAMBDA_RUNTIME_API"] = server.RuntimeApi,
        ["AWS_LAMBDA_FUNCTION_NAME"] = FunctionName,
        ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512",
        ["AWS_LAMBDA_INITIALIZATION_TYPE"] = snapStart ? "snap-start" : "on-demand",
        ["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{FunctionName}",
        ["AWS_LAMBDA_LOG_STREAM_NAME"] = "2026/11/23/[$LATEST]8a1f2b3c4d5e6f708192a3b4c5d6e7f8",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_DEFAULT_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
        ["AWS_SECRET_ACCESS_KEY"] = "secret",
        ["AWS_SESSION_TOKEN"] = "token",
        ["LAMBDA_TASK_ROOT"] = "/var/task",
        ["LAMBDA_RUNTIME_DIR"] = "/var/runtime",
        ["_HANDLER"] = "bootstrap",
        ["LANG"] = "en_US.UTF-8",
        ["TZ"] = ":UTC",
    };
}
