namespace Amazon.ECS.Model;

/// <summary>
/// Why a part of a call failed that as a whole succeeded.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/api_failures_messages.html">Reasons</see>
/// </summary>
public class Failure
{
    /// <summary>What failed.</summary>
    public string Arn { get; set; }

    public string Detail { get; set; }

    /// <summary>Such as <c>MISSING</c>, <c>RESOURCE:MEMORY</c>, or a sentence.</summary>
    public string Reason { get; set; }
}
