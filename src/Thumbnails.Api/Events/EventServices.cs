using Thumbnails.Api.Hosting;

namespace Thumbnails.Api.Events;

internal static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services, LambdaSettings lambda)
    {
        services
            .AddSingleton<EventDispatcher>()
            .AddSingleton<TaskChanges>()
            .AddSingleton<EndedJobLog>();
        // In Lambda, nothing runs between invocations; EventBridge sends the events.
        return lambda.IsPresent ? services : services.AddHostedService<LocalEvents>();
    }
}
