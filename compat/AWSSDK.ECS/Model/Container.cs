namespace Amazon.ECS.Model;

/// <summary>A container of a task. It is found by its name, for AWS injects some (GuardDuty).</summary>
public class Container
{
    /// <summary>The exit code; null when the container has not ended, or never ran.</summary>
    public int? ExitCode { get; set; }

    public string Image { get; set; }

    /// <summary>The digest of the image's manifest.</summary>
    public string ImageDigest { get; set; }

    public string LastStatus { get; set; }

    public string Name { get; set; }

    /// <summary>More on how the container ended, such as <c>OutOfMemoryError: …</c>.</summary>
    public string Reason { get; set; }
}
