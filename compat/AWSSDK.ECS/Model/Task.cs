namespace Amazon.ECS.Model;

/// <summary>A task as ECS knows it. Times are UTC; those that have not come are null.</summary>
public class Task
{
    /// <summary>What is attached, among it the network interface.</summary>
    public List<Attachment> Attachments { get; set; }

    /// <summary>The capacity provider, when the task was started by a strategy.</summary>
    public string CapacityProviderName { get; set; }

    public string ClusterArn { get; set; }

    /// <summary>When the network was there.</summary>
    public DateTime? ConnectivityAt { get; set; }

    /// <summary>The task's containers; not only those of its definition, for AWS injects some (GuardDuty).</summary>
    public List<Container> Containers { get; set; }

    /// <summary>CPU units, 1,024 to a virtual CPU.</summary>
    public string Cpu { get; set; }

    /// <summary>When the task was made, which is when it became <c>PENDING</c>.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary><c>RUNNING</c> or <c>STOPPED</c>.</summary>
    public string DesiredStatus { get; set; }

    /// <summary>When the containers had stopped.</summary>
    public DateTime? ExecutionStoppedAt { get; set; }

    /// <summary>
    /// <c>PROVISIONING</c>, <c>PENDING</c>, <c>ACTIVATING</c>, <c>RUNNING</c>, <c>DEACTIVATING</c>, <c>STOPPING</c>,
    /// <c>DEPROVISIONING</c>, <c>STOPPED</c>, <c>DELETED</c>.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html">Life cycle</see>
    /// </summary>
    public string LastStatus { get; set; }

    public LaunchType LaunchType { get; set; }

    /// <summary>Memory in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>What differed from the task definition.</summary>
    public TaskOverride Overrides { get; set; }

    /// <summary>When the images began to be pulled.</summary>
    public DateTime? PullStartedAt { get; set; }

    /// <summary>When the images had been pulled.</summary>
    public DateTime? PullStoppedAt { get; set; }

    /// <summary>When the task became <c>RUNNING</c>.</summary>
    public DateTime? StartedAt { get; set; }

    public string StartedBy { get; set; }

    /// <summary>The kind of reason why the task stopped.</summary>
    public TaskStopCode StopCode { get; set; }

    /// <summary>When the task became <c>STOPPED</c>.</summary>
    public DateTime? StoppedAt { get; set; }

    /// <summary>Why the task stopped; often begins with a category, such as <c>CannotPullContainerError</c>.</summary>
    public string StoppedReason { get; set; }

    /// <summary>When the task began to stop, which is when its desired status became <c>STOPPED</c>.</summary>
    public DateTime? StoppingAt { get; set; }

    /// <summary>The tags; DescribeTasks tells them only when asked to.</summary>
    public List<Tag> Tags { get; set; }

    public string TaskArn { get; set; }

    public string TaskDefinitionArn { get; set; }

    /// <summary>Grows with each change of the task, so that late events can be told from new ones.</summary>
    public long? Version { get; set; }
}
