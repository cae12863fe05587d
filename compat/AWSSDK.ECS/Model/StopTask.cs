using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The parameters of StopTask. <see cref="Task"/> is required.</summary>
public class StopTaskRequest : AmazonECSRequest
{
    /// <summary>The name or ARN of the cluster. Defaults to <c>default</c>.</summary>
    public string Cluster { get; set; }

    /// <summary>The reason for stopping the task; it becomes the task's <c>StoppedReason</c>.</summary>
    public string Reason { get; set; }

    /// <summary>The ID or ARN of the task.</summary>
    public string Task { get; set; }
}

/// <summary>The response of StopTask.</summary>
public class StopTaskResponse : AmazonWebServiceResponse
{
    /// <summary>The task that is being stopped; its desired status is <c>STOPPED</c>.</summary>
    public Task Task { get; set; }
}
