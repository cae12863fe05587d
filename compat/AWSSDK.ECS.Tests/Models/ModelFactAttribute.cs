namespace Amazon.ECS.Tests.Models;

/// <summary>A fact about botocore's model. It is skipped where there is none, except on a build server, where it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModelFactAttribute : FactAttribute
{
    public ModelFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && !BotocoreModel.IsAtHand)
            Skip = "needs python3 with botocore";
    }
}
