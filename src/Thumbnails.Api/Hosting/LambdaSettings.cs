namespace Thumbnails.Api.Hosting;

/// <summary>The role of the program in AWS Lambda.</summary>
internal enum LambdaFunction
{
    /// <summary>The HTTP API.</summary>
    Api,

    /// <summary>The target of EventBridge events.</summary>
    Events,
}

/// <param name="IsPresent">Whether the program runs in AWS Lambda.</param>
/// <param name="Function">Its role there.</param>
internal sealed record LambdaSettings(bool IsPresent, LambdaFunction Function)
{
    public static LambdaSettings Read(SettingsReader reader)
    {
        var settings = new LambdaSettings(reader.IsInLambda, reader.OneOf("Lambda:Function", LambdaFunction.Api));
        if (settings.Function == LambdaFunction.Events && !settings.IsPresent)
            reader.Fault("Lambda:Function", "must not be events outside AWS Lambda, because nothing sends events there");
        return settings;
    }
}
