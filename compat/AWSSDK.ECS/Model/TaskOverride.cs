namespace Amazon.ECS.Model;

/// <summary>Overrides of the task definition.</summary>
public class TaskOverride
{
    public List<ContainerOverride> ContainerOverrides { get; set; }

    /// <summary>The CPU units of the task; 1,024 units are one vCPU.</summary>
    public string Cpu { get; set; }

    public EphemeralStorage EphemeralStorage { get; set; }

    /// <summary>The role that Amazon ECS uses to pull images and write logs.</summary>
    public string ExecutionRoleArn { get; set; }

    /// <summary>The memory of the task, in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>The role that the containers assume.</summary>
    public string TaskRoleArn { get; set; }
}

/// <summary>Overrides of the container that has the given name.</summary>
public class ContainerOverride
{
    /// <summary>The command, which replaces the image's and the task definition's.</summary>
    public List<string> Command { get; set; }

    /// <summary>The CPU units of the container; 1,024 units are one vCPU.</summary>
    public int? Cpu { get; set; }

    /// <summary>Environment variables to add or replace.</summary>
    public List<KeyValuePair> Environment { get; set; }

    /// <summary>The hard memory limit, in MiB.</summary>
    public int? Memory { get; set; }

    /// <summary>The soft memory limit, in MiB.</summary>
    public int? MemoryReservation { get; set; }

    /// <summary>The name of the container in the task definition.</summary>
    public string Name { get; set; }
}

/// <summary>The ephemeral storage of a Fargate task.</summary>
public class EphemeralStorage
{
    /// <summary>The size, 21 to 200 GiB. Without an override, tasks have 20 GiB.</summary>
    public int? SizeInGiB { get; set; }
}
