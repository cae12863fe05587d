using System.Text.Json.Serialization;
using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Which tasks to start, where, and with what. Only <see cref="TaskDefinition"/> must be given.</summary>
public class RunTaskRequest : AmazonECSRequest
{
    /// <summary>Which capacity to use, at most 20 items; excludes <see cref="LaunchType"/>. Spot can be had only so.</summary>
    public List<CapacityProviderStrategyItem> CapacityProviderStrategy { get; set; }

    /// <summary>
    /// Makes the call idempotent within the cluster: the same token and parameters give the same tasks, until an hour
    /// after they stopped and for 24 hours at most. Up to 64 characters, ASCII 33 to 126. One is made up when none is
    /// given, so that a retry of the same call starts nothing twice.
    /// </summary>
    [JsonIgnore]
    public string ClientToken { get; set; }

    /// <summary>The cluster's name or ARN; <c>default</c> when none is given.</summary>
    public string Cluster { get; set; }

    /// <summary>How many tasks to start: 1 to 10, one when none is given.</summary>
    public int? Count { get; set; }

    public bool? EnableECSManagedTags { get; set; }

    /// <summary>Whether <c>ExecuteCommand</c> may be used on the containers.</summary>
    public bool? EnableExecuteCommand { get; set; }

    /// <summary>The task group; <c>family:</c> and the family's name when none is given.</summary>
    public string Group { get; set; }

    /// <summary>What to run on; excludes <see cref="CapacityProviderStrategy"/>.</summary>
    public LaunchType LaunchType { get; set; }

    /// <summary>Needed by tasks of the network mode <c>awsvpc</c>, which those on Fargate are.</summary>
    public NetworkConfiguration NetworkConfiguration { get; set; }

    /// <summary>What differs from the task definition; at most 8,192 characters of JSON.</summary>
    public TaskOverride Overrides { get; set; }

    /// <summary>The platform version on Fargate; <c>LATEST</c> when none is given.</summary>
    public string PlatformVersion { get; set; }

    /// <summary>Whether the tasks get the task definition's tags; they do not when nothing is given.</summary>
    public PropagateTags PropagateTags { get; set; }

    /// <summary>For the use of ECS itself.</summary>
    public string ReferenceId { get; set; }

    /// <summary>Who starts the tasks, to list them by: up to 128 letters, digits, <c>-</c>, <c>/</c> and <c>_</c>.</summary>
    public string StartedBy { get; set; }

    /// <summary>The tasks' tags, at most 50.</summary>
    public List<Tag> Tags { get; set; }

    /// <summary>The task definition: a family, which means its newest revision, <c>family:revision</c>, or an ARN.</summary>
    public string TaskDefinition { get; set; }

    [JsonInclude]
    [JsonPropertyName("clientToken")]
    internal string SentClientToken => ClientToken ?? Guid.NewGuid().ToString();
}

/// <summary>What was started, and what was not.</summary>
public class RunTaskResponse : AmazonWebServiceResponse
{
    /// <summary>Why tasks were not started. The call succeeds nevertheless.</summary>
    public List<Failure> Failures { get; set; }

    /// <summary>The tasks that were started.</summary>
    public List<Task> Tasks { get; set; }
}
