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
    public static LambdaSettings Read(SettingsReader reader)
    {
        var settings = new LambdaSettings(reader.IsInLambda, reader.OneOf("Lambda:Function", LambdaFunction.Api));
        if (settings.Function == LambdaFunction.Events && !settings.IsPresent)
            reader.Fault("Lambda:Function", "must not be events outside AWS Lambda: nothing sends events there");
        return settings;
    }
}
