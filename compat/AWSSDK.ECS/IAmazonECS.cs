using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ECS;

/// <summary>
/// Amazon Elastic Container Service. Every method throws an <see cref="AmazonECSException"/> when the service returns an
/// error, after the configured retries.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html">API reference</see>
/// </summary>
public interface IAmazonECS : IAmazonService, IDisposable
{
    /// <summary>
    /// Starts up to 10 tasks. The call can succeed without starting any; <c>Failures</c> then contains the reasons.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html">API reference</see>
    /// </summary>
    /// <exception cref="ConflictException">The client token was already used with different parameters.</exception>
    /// <exception cref="ClusterNotFoundException">The cluster does not exist.</exception>
    /// <exception cref="InvalidParameterException">A parameter is not valid.</exception>
    /// <exception cref="ClientException">The task definition, or another resource in the request, does not exist.</exception>
    /// <exception cref="AccessDeniedException">The caller is not authorized.</exception>
    /// <exception cref="BlockedException">The account is blocked.</exception>
    /// <exception cref="PlatformUnknownException">The platform version does not exist.</exception>
    /// <exception cref="PlatformTaskDefinitionIncompatibilityException">
    /// The platform version does not satisfy the task definition's requirements.
    /// </exception>
    /// <exception cref="UnsupportedFeatureException">The task is not supported in this region.</exception>
    /// <exception cref="ServerException">An internal error occurred in the service.</exception>
    Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Describes up to 100 tasks. A task that is unknown, or that stopped over an hour ago, is reported in <c>Failures</c>
    /// with the reason <c>MISSING</c>. So is, briefly, a task that has only just started.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html">API reference</see>
    /// </summary>
    /// <exception cref="ClusterNotFoundException">The cluster does not exist.</exception>
    /// <exception cref="InvalidParameterException">A parameter is not valid.</exception>
    /// <exception cref="ClientException">A resource in the request does not exist.</exception>
    /// <exception cref="AccessDeniedException">The caller is not authorized.</exception>
    /// <exception cref="ServerException">An internal error occurred in the service.</exception>
    Task<DescribeTasksResponse> DescribeTasksAsync(DescribeTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Stops a task: its containers receive SIGTERM, then SIGKILL after their stop timeout.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html">API reference</see>
    /// </summary>
    /// <exception cref="ClusterNotFoundException">The cluster does not exist.</exception>
    /// <exception cref="InvalidParameterException">The task does not exist, or a parameter is not valid.</exception>
    /// <exception cref="ClientException">A resource in the request does not exist.</exception>
    /// <exception cref="AccessDeniedException">The caller is not authorized.</exception>
    /// <exception cref="ServerException">An internal error occurred in the service.</exception>
    Task<StopTaskResponse> StopTaskAsync(StopTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists task ARNs, up to 100 per page; by default, of the tasks whose desired status is <c>RUNNING</c>.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html">API reference</see>
    /// </summary>
    /// <exception cref="ClusterNotFoundException">The cluster does not exist.</exception>
    /// <exception cref="ServiceNotFoundException">The service does not exist.</exception>
    /// <exception cref="InvalidParameterException">A parameter is not valid.</exception>
    /// <exception cref="ClientException">A resource in the request does not exist.</exception>
    /// <exception cref="AccessDeniedException">The caller is not authorized.</exception>
    /// <exception cref="ServerException">An internal error occurred in the service.</exception>
    Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Returns the endpoint that a request is sent to.</summary>
    /// <exception cref="AmazonClientException">The configuration is inconsistent.</exception>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    // AWSSDK.Extensions.NETCore.Setup creates clients through these two, without reflection.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonECSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        if (clientConfig is not AmazonECSConfig config)
            throw new AmazonClientException("An AmazonECSClient needs an AmazonECSConfig.");
        return awsCredentials is null ? new AmazonECSClient(config) : new AmazonECSClient(awsCredentials, config);
    }
}
