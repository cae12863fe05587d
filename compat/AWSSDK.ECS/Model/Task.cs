namespace Amazon.ECS.Model;

/// <summary>A task. Times are UTC, and null until the event has occurred.</summary>
public class Task
{
    /// <summary>The resources attached to the task, such as its network interface.</summary>
    public List<Attachment> Attachments { get; set; }

    /// <summary>The capacity provider, if the task was started with a strategy.</summary>
    public string CapacityProviderName { get; set; }

    public string ClusterArn { get; set; }

    /// <summary>When the task last had network connectivity.</summary>
    public DateTime? ConnectivityAt { get; set; }

    /// <summary>
    /// The containers of the task. AWS can add some that are not in the task definition, such as GuardDuty's.
    /// </summary>
    public List<Container> Containers { get; set; }

    /// <summary>The CPU units of the task; 1,024 units are one vCPU.</summary>
    public string Cpu { get; set; }

    /// <summary>When the task was created, that is, entered the <c>PENDING</c> state.</summary>
    public DateTime? CreatedAt { get; set; }

    /// <summary>The desired status: <c>RUNNING</c> or <c>STOPPED</c>.</summary>
    public string DesiredStatus { get; set; }

    /// <summary>When the containers stopped.</summary>
    public DateTime? ExecutionStoppedAt { get; set; }

    /// <summary>
    /// The last known status: <c>PROVISIONING</c>, <c>PENDING</c>, <c>ACTIVATING</c>, <c>RUNNING</c>, <c>DEACTIVATING</c>,
    /// <c>STOPPING</c>, <c>DEPROVISIONING</c>, <c>STOPPED</c> or <c>DELETED</c>.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html">Life cycle</see>
    /// </summary>
    public string LastStatus { get; set; }

    public LaunchType LaunchType { get; set; }

    /// <summary>The memory of the task, in MiB.</summary>
    public string Memory { get; set; }

    /// <summary>The overrides of the task definition.</summary>
    public TaskOverride Overrides { get; set; }

    /// <summary>When the image pull began.</summary>
    public DateTime? PullStartedAt { get; set; }

    /// <summary>When the image pull completed.</summary>
    public DateTime? PullStoppedAt { get; set; }

    /// <summary>When the task entered the <c>RUNNING</c> state.</summary>
    public DateTime? StartedAt { get; set; }

    public string StartedBy { get; set; }

    /// <summary>The stop code, which classifies why the task stopped.</summary>
    public TaskStopCode StopCode { get; set; }

    /// <summary>When the task entered the <c>STOPPED</c> state.</summary>
    public DateTime? StoppedAt { get; set; }

    /// <summary>Why the task stopped. Often begins with a category, such as <c>CannotPullContainerError</c>.</summary>
    public string StoppedReason { get; set; }

    /// <summary>When the task began to stop, that is, when its desired status became <c>STOPPED</c>.</summary>
    public DateTime? StoppingAt { get; set; }

    /// <summary>The tags of the task. DescribeTasks returns them only if <c>Include</c> contains <c>TAGS</c>.</summary>
    public List<Tag> Tags { get; set; }

    public string TaskArn { get; set; }

    public string TaskDefinitionArn { get; set; }

    /// <summary>
    /// The version, which increases with each change of the task. Use it to discard events that arrive out of order.
    /// </summary>
    public long? Version { get; set; }
}
