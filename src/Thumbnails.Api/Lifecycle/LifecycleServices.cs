using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Lifecycle;

internal static class LifecycleServices
{
    public static IServiceCollection AddLifecycle(this IServiceCollection services, StorageSettings storage, LambdaSettings lambda)
    {
        services
            .AddSingleton(new UploadEvents(lambda.IsPresent || storage is StorageSettings.Files))
            .AddSingleton<DueJobs>()
            .AddSingleton<JobSnapshots>()
            .AddSingleton<WebhookSender>()
            .AddSingleton<JobReconciler>()
            .AddSingleton<JobCompletions>()
            .AddSingleton<StartLease>()
            .AddSingleton<WaitingJobs>()
            .AddSingleton<AcceptJob>()
            .AddSingleton<AwaitedUploads>()
            .AddSingleton<JobClock>();
        // In Lambda, nothing runs between invocations; EventBridge sends the ticks.
        return lambda.IsPresent
            ? services
            : services
                .AddSingleton<ClockService>()
                .AddSingleton<IReadinessCheck>(provider => provider.GetRequiredService<ClockService>())
                .AddHostedService(provider => provider.GetRequiredService<ClockService>());
    }
}
