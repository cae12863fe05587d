namespace Amazon.ECS.Model;

/// <summary>
/// A failure in a call that otherwise succeeded.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/api_failures_messages.html">Reasons</see>
/// </summary>
public class Failure
{
    /// <summary>The ARN of the resource that failed.</summary>
    public string Arn { get; set; }

    public string Detail { get; set; }

    /// <summary>The reason: a code such as <c>MISSING</c> or <c>RESOURCE:MEMORY</c>, or a sentence.</summary>
    public string Reason { get; set; }
}
