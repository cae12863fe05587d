using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Which tasks to describe. <see cref="Tasks"/> must be given.</summary>
public class DescribeTasksRequest : AmazonECSRequest
{
    /// <summary>The cluster's name or ARN; <c>default</c> when none is given.</summary>
    public string Cluster { get; set; }

    /// <summary><c>TAGS</c>, for the tasks' tags to be told.</summary>
    public List<string> Include { get; set; }

    /// <summary>The tasks' ids or ARNs, at most 100.</summary>
    public List<string> Tasks { get; set; }
}

/// <summary>What is known of the tasks.</summary>
public class DescribeTasksResponse : AmazonWebServiceResponse
{
    /// <summary>The tasks that could not be described; those that ECS does not know are <c>MISSING</c>.</summary>
    public List<Failure> Failures { get; set; }

    /// <summary>The tasks, in no certain order.</summary>
    public List<Task> Tasks { get; set; }
}
