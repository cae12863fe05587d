using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The parameters of DescribeTasks. <see cref="Tasks"/> is required.</summary>
public class DescribeTasksRequest : AmazonECSRequest
{
    /// <summary>The name or ARN of the cluster. Defaults to <c>default</c>.</summary>
    public string Cluster { get; set; }

    /// <summary>Additional information to return: <c>TAGS</c> returns the tasks' tags.</summary>
    public List<string> Include { get; set; }

    /// <summary>The IDs or ARNs of the tasks, at most 100.</summary>
    public List<string> Tasks { get; set; }
}

/// <summary>The response of DescribeTasks.</summary>
public class DescribeTasksResponse : AmazonWebServiceResponse
{
    /// <summary>The tasks that could not be described. The reason for an unknown task is <c>MISSING</c>.</summary>
    public List<Failure> Failures { get; set; }

    /// <summary>The tasks, in no particular order.</summary>
    public List<Task> Tasks { get; set; }
}
