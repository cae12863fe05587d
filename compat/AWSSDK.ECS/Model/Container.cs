namespace Amazon.ECS.Model;

/// <summary>A container of a task. Find it by name: AWS can inject containers, such as GuardDuty's.</summary>
public class Container
{
    /// <summary>The exit code; null if the container is still running or never started.</summary>
    public int? ExitCode { get; set; }

    public string Image { get; set; }

    /// <summary>The digest of the image manifest.</summary>
    public string ImageDigest { get; set; }

    public string LastStatus { get; set; }

    public string Name { get; set; }

    /// <summary>Additional detail about how the container stopped, such as <c>OutOfMemoryError: …</c>.</summary>
    public string Reason { get; set; }
}
