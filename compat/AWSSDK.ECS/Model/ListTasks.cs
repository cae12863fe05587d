using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Which tasks to list.</summary>
public class ListTasksRequest : AmazonECSRequest
{
    /// <summary>The cluster's name or ARN; <c>default</c> when none is given.</summary>
    public string Cluster { get; set; }

    /// <summary>What the tasks shall become; <c>RUNNING</c> when none is given.</summary>
    public DesiredStatus DesiredStatus { get; set; }

    /// <summary>The name of the task definitions' family.</summary>
    public string Family { get; set; }

    public LaunchType LaunchType { get; set; }

    /// <summary>The most ARNs to answer: 1 to 100, 100 when none is given.</summary>
    public int? MaxResults { get; set; }

    /// <summary>What the previous answer gave to go on from.</summary>
    public string NextToken { get; set; }

    /// <summary>Who started the tasks; excludes every other filter.</summary>
    public string StartedBy { get; set; }
}

/// <summary>One page of tasks.</summary>
public class ListTasksResponse : AmazonWebServiceResponse
{
    /// <summary>To be sent for the next page; null when there is none.</summary>
    public string NextToken { get; set; }

    /// <summary>The tasks' ARNs.</summary>
    public List<string> TaskArns { get; set; }
}
