using System.Net;
using Amazon.ECS.Model;
using Amazon.Runtime;
using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

public class ErrorTests : EcsTest
{
    [Theory]
    [InlineData(typeof(AccessDeniedException))]
    [InlineData(typeof(BlockedException))]
    [InlineData(typeof(ClientException))]
    [InlineData(typeof(ClusterNotFoundException))]
    [InlineData(typeof(ConflictException))]
    [InlineData(typeof(InvalidParameterException))]
    [InlineData(typeof(PlatformTaskDefinitionIncompatibilityException))]
    [InlineData(typeof(PlatformUnknownException))]
    [InlineData(typeof(UnsupportedFeatureException))]
    public async Task A_modeled_error_has_its_own_exception_and_is_not_retried(Type type)
    {
        Server.Faults.Error(EcsOperation.RunTask, type.Name, "Test error.");

        var exception = await Assert.ThrowsAnyAsync<AmazonECSException>(() => Client.RunTaskAsync(Minimal()));

        Assert.IsType(type, exception);
        Assert.Equal(("Test error.", type.Name), (exception.Message, exception.ErrorCode));
        Assert.Equal(HttpStatusCode.BadRequest, exception.StatusCode);
        Assert.NotEmpty(exception.RequestId);
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task A_missing_service_throws_ServiceNotFoundException()
    {
        Server.Faults.Error(EcsOperation.ListTasks, "ServiceNotFoundException", "Service not found.");

        await Assert.ThrowsAsync<ServiceNotFoundException>(() => Client.ListTasksAsync(new ListTasksRequest()));
    }

    [Fact]
    public async Task A_conflict_lists_the_tasks_started_with_the_token()
    {
        var request = FullRequests.RunTask();
        var started = await Client.RunTaskAsync(request);
        request.StartedBy = "another";

        var conflict = await Assert.ThrowsAsync<ConflictException>(() => Client.RunTaskAsync(request));

        Assert.Equal(started.Tasks.Select(task => task.TaskArn), conflict.ResourceIds);
        Assert.Equal(2, Server.Tasks.Count);
    }

    [Fact]
    public async Task A_persistent_server_error_is_thrown_after_the_retries()
    {
        Server.Faults.ServerError(EcsOperation.RunTask, times: 3);

        var exception = await Assert.ThrowsAsync<ServerException>(() => Client.RunTaskAsync(Minimal()));

        Assert.Equal(HttpStatusCode.InternalServerError, exception.StatusCode);
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    public async Task Throttling_is_identified_by_its_error_code()
    {
        Server.Faults.Throttle(EcsOperation.RunTask, times: 3);

        var exception = await Assert.ThrowsAsync<AmazonECSException>(() => Client.RunTaskAsync(Minimal()));

        Assert.Equal(("ThrottlingException", "Rate exceeded"), (exception.ErrorCode, exception.Message));
        Assert.IsAssignableFrom<AmazonServiceException>(exception);
    }

    [Fact]
    public async Task The_namespace_of_an_error_name_is_ignored()
    {
        Server.Faults.Error(EcsOperation.RunTask, "com.amazonaws.ecs#ClientException", "TaskDefinition is inactive");

        var exception = await Assert.ThrowsAsync<ClientException>(() => Client.RunTaskAsync(Minimal()));

        Assert.Equal("ClientException", exception.ErrorCode);
    }

    [Fact]
    public async Task An_unknown_cluster_or_task_definition_is_rejected_with_the_message_of_ECS()
    {
        var (elsewhere, other) = (Minimal(), Minimal());
        (elsewhere.Cluster, other.TaskDefinition) = ("nowhere", "nothing");

        var noCluster = await Assert.ThrowsAsync<ClusterNotFoundException>(() => Client.RunTaskAsync(elsewhere));
        var noDefinition = await Assert.ThrowsAsync<ClientException>(() => Client.RunTaskAsync(other));

        Assert.Equal(("Cluster not found.", "TaskDefinition not found."), (noCluster.Message, noDefinition.Message));
    }
}
