namespace Amazon.ECS.Model;

/// <summary>What differs from the task definition for some tasks.</summary>
public class TaskOverride
{
    public List<ContainerOverride> ContainerOverrides { get; set; }

    /// <summary>CPU units, 1,024 to a virtual CPU.</summary>
    public string Cpu { get; set; }

    public EphemeralStorage EphemeralStorage { get; set; }

    /// <summary>The role by which ECS pulls the images and writes the logs.</summary>
    public string ExecutionRoleArn { get; set; }

    /// <summary>Memory in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>The role that the containers have.</summary>
    public string TaskRoleArn { get; set; }
}

/// <summary>What differs from the task definition for one container, found by its name.</summary>
public class ContainerOverride
{
    /// <summary>Replaces the command.</summary>
    public List<string> Command { get; set; }

    /// <summary>CPU units, 1,024 to a virtual CPU.</summary>
    public int? Cpu { get; set; }

    /// <summary>Variables that are added, or replace those of the same name.</summary>
    public List<KeyValuePair> Environment { get; set; }

    /// <summary>The hard limit in MiB.</summary>
    public int? Memory { get; set; }

    /// <summary>The soft limit in MiB.</summary>
    public int? MemoryReservation { get; set; }

    /// <summary>The container's name in the task definition.</summary>
    public string Name { get; set; }
}

/// <summary>The disk of a task on Fargate.</summary>
public class EphemeralStorage
{
    /// <summary>21 to 200 GiB; a task that does not say has 20.</summary>
    public int? SizeInGiB { get; set; }
}
