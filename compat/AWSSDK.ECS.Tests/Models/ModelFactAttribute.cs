namespace Amazon.ECS.Tests.Models;

/// <summary>A test that needs botocore's model. Without botocore it is skipped, or fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModelFactAttribute : FactAttribute
{
    public ModelFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true" && !BotocoreModel.IsAvailable)
            Skip = "requires python3 with botocore";
    }
}
