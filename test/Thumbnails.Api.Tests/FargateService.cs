using Amazon.ECS;
using Amazon.ECS.Tests;
using Microsoft.Extensions.DependencyInjection;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers.Ecs;

namespace Thumbnails.Api.Tests;

/// <summary>The API with the real ECS client, a strict ECS test server, and a folder as its bucket.</summary>
internal static class FargateService
{
    public const string Cluster = "thumbnails", Family = "thumbnails-worker", Bucket = "bucket";

    /// <summary>Starts an ECS server with what the service needs.</summary>
    public static async Task<LoopbackEcs> StartEcsAsync(TimeProvider clock)
    {
        var ecs = await LoopbackEcs.StartAsync(clock);
        ecs.CreateCluster(Cluster);
        ecs.RegisterTaskDefinition(Family, new LoopbackContainerDefinition("worker"));
        return ecs;
    }

    /// <param name="ecs">The ECS server.</param>
    /// <param name="clock">The service's clock.</param>
    /// <param name="root">The folder of the bucket. Defaults to the service's own folder.</param>
    /// <param name="settings">Settings that override the defaults.</param>
    public static Service Start(LoopbackEcs ecs, TimeProvider clock, string? root = null, params (string Name, string? Value)[] settings) => new(
        (folder, services) => services
            .WithoutTicks()
            .AddSingleton(clock)
            .AddSingleton(CountingStore.Around(new FileObjectStore(root ?? folder, clock)))
            .AddSingleton<IMultipartStore>(new FileObjectStore(root ?? folder, clock))
            .AddSingleton<IAmazonECS>(new FastRetryClient(new AmazonECSConfig { ServiceURL = ecs.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 1 })),
        [
            ("Storage:Root", null), ("Runner:WorkerPath", null), ("Storage:Bucket", Bucket), ("Auth:AllowAnonymous", "true"),
            ("Runner:Kind", "fargate"), ("Fargate:Cluster", Cluster), ("Fargate:TaskDefinition", Family), ("Fargate:Subnets", "subnet-1, subnet-2"),
            ("Fargate:SecurityGroups", "sg-1"), ("Fargate:AssignPublicIp", "DISABLED"), .. settings,
        ]);
}
