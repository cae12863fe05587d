using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The parameters of RunTask. Only <see cref="TaskDefinition"/> is required.</summary>
public class RunTaskRequest : AmazonECSRequest
{
    /// <summary>
    /// The capacity providers to use, at most 20 items. Required for Spot. Cannot be combined with <see cref="LaunchType"/>.
    /// </summary>
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; }

    /// <summary>
    /// Makes the call idempotent within the cluster: the same token and parameters return the same tasks, until an hour after
    /// they stop and for at most 24 hours. Up to 64 characters, ASCII 33 to 126. Generated if unset, so that retries of a
    /// call do not start duplicate tasks.
    /// </summary>
    [JsonIgnore]
    public string ClientToken { get; set; }

    /// <summary>The name or ARN of the cluster. Defaults to <c>default</c>.</summary>
    public string Cluster { get; set; }

    /// <summary>The number of tasks to start, 1 to 10. Defaults to 1.</summary>
    public int? Count { get; set; }

    public bool? EnableECSManagedTags { get; set; }

    /// <summary>Whether <c>ExecuteCommand</c> is enabled for the containers.</summary>
    public bool? EnableExecuteCommand { get; set; }

    /// <summary>The task group. Defaults to <c>family:</c> followed by the family name.</summary>
    public string Group { get; set; }

    /// <summary>The launch type. Cannot be combined with <see cref="CapacityProviderStrategy"/>.</summary>
    public LaunchType LaunchType { get; set; }

    /// <summary>The network configuration. Required for the <c>awsvpc</c> network mode, which Fargate tasks use.</summary>
    public NetworkConfiguration NetworkConfiguration { get; set; }

    /// <summary>Overrides of the task definition, at most 8,192 characters of JSON.</summary>
    public TaskOverride Overrides { get; set; }

    /// <summary>The Fargate platform version. Defaults to <c>LATEST</c>.</summary>
    public string PlatformVersion { get; set; }

    /// <summary>Whether to propagate the task definition's tags. By default, tags are not propagated.</summary>
    public PropagateTags PropagateTags { get; set; }

    /// <summary>Reserved for Amazon ECS.</summary>
    public string ReferenceId { get; set; }

    /// <summary>
    /// Who started the tasks; ListTasks can filter by it. Up to 128 letters, digits, <c>-</c>, <c>/</c> and <c>_</c>.
    /// </summary>
    public string StartedBy { get; set; }

    /// <summary>The tags of the tasks, at most 50.</summary>
    public List<Tag> Tags { get; set; }

    /// <summary>The task definition: a family (its latest active revision), <c>family:revision</c>, or an ARN.</summary>
    public string TaskDefinition { get; set; }

    [JsonInclude]
    [JsonPropertyName("clientToken")]
    internal string SentClientToken => ClientToken ?? Guid.NewGuid().ToString();
}

/// <summary>The response of RunTask.</summary>
public class RunTaskResponse : AmazonWebServiceResponse
{
    /// <summary>The tasks that could not be started, with the reasons. The call succeeds nevertheless.</summary>
    public List<Failure> Failures { get; set; }

    /// <summary>The tasks that were started.</summary>
    public List<Task> Tasks { get; set; }
}
