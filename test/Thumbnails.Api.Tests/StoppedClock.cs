using Microsoft.Extensions.DependencyInjection;
using Thumbnails.Api.Lifecycle;

namespace Thumbnails.Api.Tests;

internal static class StoppedClock
{
    /// <summary>Stops the service's own ticks, so that a test decides when to tick.</summary>
    public static IServiceCollection WithoutTicks(this IServiceCollection services)
    {
        foreach (var service in services.Where(service => service.ImplementationFactory?.Method.DeclaringType?.DeclaringType == typeof(LifecycleServices)).ToList())
            services.Remove(service);
        return services;
    }
}
