using Microsoft.Extensions.DependencyInjection;
using Thumbnails.Api.Lifecycle;

namespace Thumbnails.Api.Tests;

internal static class StoppedClock
{
    /// <summary>Keeps the service's own clock from ticking: a test ticks when it wants to.</summary>
    public static IServiceCollection WithoutTicks(this IServiceCollection services)
    {
        foreach (var service in services.Where(service => service.ImplementationFactory?.Method.DeclaringType?.DeclaringType == typeof(LifecycleServices)).ToList())
            services.Remove(service);
        return services;
    }
}
