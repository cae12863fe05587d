using Amazon.ECS;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Api.Runners.Local;

namespace Thumbnails.Api.Runners;

internal static class RunnerServices
{
    // RunTask is throttled sooner than anything else.
    private const int EcsRetries = 3;

    public static IServiceCollection AddRunner(
        this IServiceCollection services, RunnerSettings runner, StorageSettings storage, IConfiguration configuration) => runner switch
        {
            RunnerSettings.Local local => services
                .AddSingleton(local)
                .AddSingleton(storage)
                .AddSingleton<WorkerProcess>()
                .AddSingleton<LocalTaskRunner>()
                .AddSingleton<ITaskRunner>(provider => provider.GetRequiredService<LocalTaskRunner>())
                .AddHostedService(provider => provider.GetRequiredService<LocalTaskRunner>()),
            RunnerSettings.Fargate fargate => services
                .AddSingleton(fargate.Task)
                .AddAWSService<IAmazonECS>(configuration.AwsOptions(EcsRetries))
                .AddSingleton<QueuedJobs>()
                .AddSingleton<TaskStarter>()
                .AddSingleton<TaskDescriber>()
                .AddSingleton<Redrive>()
                .AddSingleton<ITaskRunner, FargateTaskRunner>(),
            _ => throw new ArgumentOutOfRangeException(nameof(runner)),
        };
}
