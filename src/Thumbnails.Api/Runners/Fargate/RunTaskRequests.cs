using Amazon.ECS;
using Amazon.ECS.Model;
using Thumbnails.Api.Hosting;
using Thumbnails.Core.Jobs;
using EcsKeyValuePair = Amazon.ECS.Model.KeyValuePair;

namespace Thumbnails.Api.Runners.Fargate;

/// <summary>
/// The request that starts a job's task. It is the same at every attempt: under a client token that ECS has seen, a request
/// that differs is a conflict.
/// </summary>
internal static class RunTaskRequests
{
    private const string Fargate = "FARGATE";

    public static RunTaskRequest For(JobId job, FargateSettings settings) => new()
    {
        ClientToken = job.ToString(),
        StartedBy = job.ToString(),
        Cluster = settings.Cluster,
        TaskDefinition = settings.TaskDefinition,
        Count = 1,
        // Spot is to be had through a strategy only; plain Fargate needs none, nor a provider in the cluster.
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
                    Environment = [new EcsKeyValuePair { Name = "JOB_ID", Value = job.ToString() }],
                },
            ],
        },
        Tags = [new Tag { Key = "thumbnails:job", Value = job.ToString() }],
        PropagateTags = PropagateTags.TASK_DEFINITION,
    };
}
