using Amazon.ECS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Amazon.ECS;

/// <summary>
/// Amazon Elastic Container Service. Every call throws an <see cref="AmazonECSException"/> for what the service refuses,
/// after the retries that the configuration allows.
/// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html">API reference</see>
/// </summary>
public interface IAmazonECS : IAmazonService, IDisposable
{
    /// <summary>
    /// Starts up to ten tasks. The call succeeds even when nothing was started: then <c>Failures</c> says why.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html">API reference</see>
    /// </summary>
    /// <exception cref="ConflictException">The client token is that of other tasks, started with other parameters.</exception>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    /// <exception cref="InvalidParameterException">A parameter is not allowed.</exception>
    /// <exception cref="ClientException">The task definition, or something else that the request names, is not there.</exception>
    /// <exception cref="AccessDeniedException">The caller may not do this.</exception>
    /// <exception cref="BlockedException">The account is blocked.</exception>
    /// <exception cref="PlatformUnknownException">There is no such platform version.</exception>
    /// <exception cref="PlatformTaskDefinitionIncompatibilityException">The platform lacks what the task needs.</exception>
    /// <exception cref="UnsupportedFeatureException">The task is not supported in this region.</exception>
    /// <exception cref="ServerException">The service failed.</exception>
    Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Describes up to 100 tasks. Those that are unknown, or were stopped over an hour ago, are <c>Failures</c> with the
    /// reason <c>MISSING</c>; so may one be for a moment that has only just been started.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html">API reference</see>
    /// </summary>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    /// <exception cref="InvalidParameterException">A parameter is not allowed.</exception>
    /// <exception cref="ClientException">The request names something that is not there.</exception>
    /// <exception cref="AccessDeniedException">The caller may not do this.</exception>
    /// <exception cref="ServerException">The service failed.</exception>
    Task<DescribeTasksResponse> DescribeTasksAsync(DescribeTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins to stop a task: its containers get SIGTERM, and SIGKILL when their stop time-out has passed.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html">API reference</see>
    /// </summary>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    /// <exception cref="InvalidParameterException">There is no such task, or a parameter is not allowed.</exception>
    /// <exception cref="ClientException">The request names something that is not there.</exception>
    /// <exception cref="AccessDeniedException">The caller may not do this.</exception>
    /// <exception cref="ServerException">The service failed.</exception>
    Task<StopTaskResponse> StopTaskAsync(StopTaskRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the ARNs of tasks, at most 100 at a time; by default of those that shall run.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html">API reference</see>
    /// </summary>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    /// <exception cref="ServiceNotFoundException">There is no such service.</exception>
    /// <exception cref="InvalidParameterException">A parameter is not allowed.</exception>
    /// <exception cref="ClientException">The request names something that is not there.</exception>
    /// <exception cref="AccessDeniedException">The caller may not do this.</exception>
    /// <exception cref="ServerException">The service failed.</exception>
    Task<ListTasksResponse> ListTasksAsync(ListTasksRequest request, CancellationToken cancellationToken = default);

    /// <summary>Where the configuration sends a request.</summary>
    /// <exception cref="AmazonClientException">The configuration contradicts itself.</exception>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    // AWSSDK.Extensions.NETCore.Setup makes clients through these two, without reflection.
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonECSConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig)
    {
        if (clientConfig is not AmazonECSConfig config)
            throw new AmazonClientException("An AmazonECSClient needs an AmazonECSConfig.");
        return awsCredentials is null ? new AmazonECSClient(config) : new AmazonECSClient(awsCredentials, config);
    }
}
