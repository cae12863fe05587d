using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The parameters of ListTasks.</summary>
public class ListTasksRequest : AmazonECSRequest
{
    /// <summary>The name or ARN of the cluster. Defaults to <c>default</c>.</summary>
    public string Cluster { get; set; }

    /// <summary>The desired status of the tasks. Defaults to <c>RUNNING</c>.</summary>
    public DesiredStatus DesiredStatus { get; set; }

    /// <summary>The task definition family.</summary>
    public string Family { get; set; }

    public LaunchType LaunchType { get; set; }

    /// <summary>The maximum number of ARNs to return, 1 to 100. Defaults to 100.</summary>
    public int? MaxResults { get; set; }

    /// <summary>The <c>NextToken</c> of the previous response.</summary>
    public string NextToken { get; set; }

    /// <summary>The <c>StartedBy</c> value of the tasks. Cannot be combined with other filters.</summary>
    public string StartedBy { get; set; }
}

/// <summary>The response of ListTasks: one page of ARNs.</summary>
public class ListTasksResponse : AmazonWebServiceResponse
{
    /// <summary>The token for the next page; null on the last page.</summary>
    public string NextToken { get; set; }

    /// <summary>The ARNs of the tasks.</summary>
    public List<string> TaskArns { get; set; }
}
