using System.Text.Json;
using Amazon.ECS.Model;
using Thumbnails.TestServers;
using Thumbnails.TestServers.Ecs;
using Task = System.Threading.Tasks.Task;

namespace Amazon.ECS.Tests;

/// <summary>A server with a cluster and a task definition, and a client for it.</summary>
public abstract class EcsTest : IAsyncLifetime
{
    protected const string Cluster = "thumbnails", Family = "worker-family", Worker = "worker";

    protected ManualClock Clock { get; } = new();

    protected LoopbackEcs Server { get; private set; } = null!;

    protected AmazonECSClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Server = await LoopbackEcs.StartAsync(Clock);
        Server.CreateCluster(Cluster);
        Server.RegisterTaskDefinition(Family, new LoopbackContainerDefinition(Worker));
        Client = new FastRetryClient(Config());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }

    protected AmazonECSConfig Config() => new() { ServiceURL = Server.Url, AuthenticationRegion = "us-east-1" };

    /// <summary>Returns a request with the minimum that a Fargate task needs.</summary>
    protected static RunTaskRequest Minimal() => new()
    {
        Cluster = Cluster,
        TaskDefinition = Family,
        LaunchType = LaunchType.FARGATE,
        NetworkConfiguration = new NetworkConfiguration { AwsvpcConfiguration = new AwsVpcConfiguration { Subnets = ["subnet-1"] } },
    };

    protected async Task<string> StartAsync(RunTaskRequest? request = null) =>
        Assert.Single((await Client.RunTaskAsync(request ?? Minimal())).Tasks).TaskArn;

    protected async Task<Model.Task> DescribeAsync(string arn) =>
        Assert.Single((await Client.DescribeTasksAsync(new DescribeTasksRequest { Cluster = Cluster, Tasks = [arn] })).Tasks);

    protected static void AssertJson(string expected, JsonElement actual)
    {
        using var document = JsonDocument.Parse(expected);
        Assert.True(JsonElement.DeepEquals(document.RootElement, actual), actual.ToString());
    }
}
