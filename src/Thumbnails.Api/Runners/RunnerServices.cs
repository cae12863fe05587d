using Amazon.ECS;
using Thumbnails.Api.Hosting;
using Thumbnails.Api.Runners.Fargate;
using Thumbnails.Api.Runners.Local;

namespace Thumbnails.Api.Runners;

internal static class RunnerServices
{
    // A client waits for RunTask, so there is only one retry; the clock starts what was throttled.
    private const int EcsRetries = 1;

    public static IServiceCollection AddRunner(this IServiceCollection services, RunnerSettings runner, IConfiguration configuration)
    {
        services.AddSingleton(runner).AddSingleton<IReadinessCheck, RunnerReadiness>();
        return runner switch
        {
            RunnerSettings.Local local => services
                .AddSingleton(local)
                .AddSingleton<WorkerProcess>()
                .AddSingleton<LocalTaskRunner>()
                .AddSingleton<ITaskRunner>(provider => provider.GetRequiredService<LocalTaskRunner>()),
            RunnerSettings.Fargate fargate => services
                .AddSingleton(fargate.Task)
                .AddAWSService<IAmazonECS>(configuration.AwsOptions(EcsRetries))
                .AddSingleton<TaskDescriber>()
                .AddSingleton<ITaskRunner, FargateTaskRunner>(),
            _ => throw new ArgumentOutOfRangeException(nameof(runner)),
        };
    }
}
