using Thumbnails.Api.Runners.Local;

namespace Thumbnails.Api.Runners;

internal static class RunnerServices
{
    public static IServiceCollection AddRunner(this IServiceCollection services) => services
        .AddSingleton<WorkerProcess>()
        .AddSingleton<LocalTaskRunner>()
        .AddSingleton<ITaskRunner>(provider => provider.GetRequiredService<LocalTaskRunner>())
        .AddHostedService(provider => provider.GetRequiredService<LocalTaskRunner>());
}
