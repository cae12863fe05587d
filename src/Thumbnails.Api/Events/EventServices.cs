using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Events;

internal static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services, LambdaSettings lambda)
    {
        services
            .AddSingleton<EventDispatcher>()
            // It brings half of the program along, which need not be there before the first event.
            .AddSingleton(provider => new Lazy<EventDispatcher>(provider.GetRequiredService<EventDispatcher>))
            .AddSingleton<JobEnded>()
            .AddSingleton<TaskStopped>()
            .AddSingleton<Schedule>();
        // In Lambda nothing runs between invocations, and EventBridge tells what happens.
        return lambda.IsPresent ? services : services.AddHostedService<LocalEvents>().AddHostedService<ScheduleTimer>();
    }
}
