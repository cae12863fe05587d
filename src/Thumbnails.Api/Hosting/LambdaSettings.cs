namespace Thumbnails.Api.Hosting;

/// <summary>Which function the program is in AWS Lambda.</summary>
internal enum LambdaFunction
{
    /// <summary>The HTTP API.</summary>
    Api,

    /// <summary>What EventBridge invokes.</summary>
    Events,
}

/// <param name="IsPresent">Whether the program is in AWS Lambda at all.</param>
/// <param name="Function">Which function it is there.</param>
internal sealed record LambdaSettings(bool IsPresent, LambdaFunction Function)
{
    public static LambdaSettings Read(SettingsReader reader, RunnerSettings runner)
    {
        var settings = new LambdaSettings(reader.Text("AWS_LAMBDA_FUNCTION_NAME") is not null, reader.OneOf("Lambda:Function", LambdaFunction.Api));
        if (settings.Function == LambdaFunction.Events && !settings.IsPresent)
            reader.Fault("Lambda:Function", "must not be events outside AWS Lambda: nothing sends events there");
        if (settings.Function == LambdaFunction.Events && runner is not RunnerSettings.Fargate)
            reader.Fault("Runner:Kind", "must be fargate with Lambda:Function=events: a child process would not outlive the event");
        return settings;
    }
}
