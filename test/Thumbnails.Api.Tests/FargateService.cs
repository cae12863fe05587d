using Amazon.ECS;
using Amazon.ECS.Tests;
using Microsoft.Extensions.DependencyInjection;
using Thumbnails.Core.Storage;
using Thumbnails.TestServers.Ecs;

namespace Thumbnails.Api.Tests;

/// <summary>The API on a server that is as strict as ECS: the real ECS client, and a folder for a bucket.</summary>
internal static class FargateService
{
    public const string Cluster = "thumbnails", Family = "thumbnails-worker", Bucket = "bucket";

    /// <summary>An ECS that has what the service needs.</summary>
    public static async Task<LoopbackEcs> StartEcsAsync(TimeProvider clock)
    {
        var ecs = await LoopbackEcs.StartAsync(clock);
        ecs.CreateCluster(Cluster);
        ecs.RegisterTaskDefinition(Family, new LoopbackContainerDefinition("worker"));
        return ecs;
    }

    /// <param name="ecs">Where tasks run.</param>
    /// <param name="clock">The service's clock.</param>
    /// <param name="root">The folder for the bucket; one of the service's own when none is given.</param>
    /// <param name="settings">Settings that differ from the usual ones.</param>
    public static Service Start(LoopbackEcs ecs, TimeProvider clock, string? root = null, params (string Name, string? Value)[] settings) => new(
        (folder, services) => services
            .WithoutTicks()
            .AddSingleton(clock)
            .AddSingleton(CountingStore.Around(new FileObjectStore(root ?? folder, clock)))
            .AddSingleton<IMultipartStore>(new FileObjectStore(root ?? folder, clock))
            .AddSingleton<IAmazonECS>(new HastyClient(new AmazonECSConfig { ServiceURL = ecs.Url, AuthenticationRegion = "us-east-1", MaxErrorRetry = 1 })),
        [
            ("Storage:Root", null), ("Runner:WorkerPath", null), ("Storage:Bucket", Bucket), ("Auth:AllowAnonymous", "true"),
            ("Runner:Kind", "fargate"), ("Fargate:Cluster", Cluster), ("Fargate:TaskDefinition", Family), ("Fargate:Subnets", "subnet-1, subnet-2"),
            ("Fargate:SecurityGroups", "sg-1"), ("Fargate:AssignPublicIp", "DISABLED"), .. settings,
        ]);
}
