using System.Globalization;
using Amazon.ECS;
using Amazon.ECS.Model;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Workers;
using EcsKeyValuePair = Amazon.ECS.Model.KeyValuePair;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// Builds the request that starts the task of an attempt at a job. It is always the same for an attempt, because ECS rejects a
/// different request with a client token that it has seen.
/// </summary>
internal static class RunTaskRequests
{
    private const string Fargate = "FARGATE";

    public static RunTaskRequest For(JobId job, int attempt, FargateSettings settings) => new()
    {
        ClientToken = attempt == 1 ? job.ToString() : string.Create(CultureInfo.InvariantCulture, $"{job}-{attempt}"),
        StartedBy = job.ToString(),
        Cluster = settings.Cluster,
        TaskDefinition = settings.TaskDefinition,
        Count = 1,
        // Spot requires a capacity provider strategy; plain Fargate needs neither a strategy nor a provider in the cluster.
        LaunchType = settings.CapacityProvider == Fargate ? LaunchType.FARGATE : null,
        CapacityProviderStrategy = settings.CapacityProvider == Fargate
            ? null
            : [new CapacityProviderStrategyItem { CapacityProvider = settings.CapacityProvider, Weight = 1 }],
        NetworkConfiguration = new NetworkConfiguration
        {
            AwsvpcConfiguration = new AwsVpcConfiguration
            {
                Subnets = [.. settings.Subnets],
                SecurityGroups = [.. settings.SecurityGroups],
                AssignPublicIp = new AssignPublicIp(settings.AssignPublicIp),
            },
        },
        Overrides = new TaskOverride
        {
            ContainerOverrides =
            [
                new ContainerOverride
                {
                    Name = settings.Container,
                    Environment = [new EcsKeyValuePair { Name = WorkerContract.JobId, Value = job.ToString() }],
                },
            ],
        },
        Tags = [new Tag { Key = "thumbnails:job", Value = job.ToString() }],
        PropagateTags = PropagateTags.TASK_DEFINITION,
    };
}
