using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>Which task to stop. <see cref="Task"/> must be given.</summary>
public class StopTaskRequest : AmazonECSRequest
{
    /// <summary>The cluster's name or ARN; <c>default</c> when none is given.</summary>
    public string Cluster { get; set; }

    /// <summary>Becomes the task's <c>StoppedReason</c>.</summary>
    public string Reason { get; set; }

    /// <summary>The task's ARN.</summary>
    public string Task { get; set; }
}

/// <summary>The task that is being stopped.</summary>
public class StopTaskResponse : AmazonWebServiceResponse
{
    /// <summary>The task, with the desired status <c>STOPPED</c>.</summary>
    public Task Task { get; set; }
}
