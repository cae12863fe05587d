using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Amazon.Lambda.AspNetCoreServer.Hosting;
using Amazon.Lambda.Internal.Http;
using Amazon.Lambda.Internal.Runtime;
using Amazon.Lambda.Serialization.SystemTextJson;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Puts an ASP.NET Core application into AWS Lambda. Outside Lambda, which is where <c>AWS_LAMBDA_FUNCTION_NAME</c> is not
/// set, these methods do nothing.
/// </summary>
public static class ServiceCollectionExtensions
{
    // The package's, so that what compiles ahead of time with either compiles with both.
    private const string Reflection =
        "The package's serializer reads types by reflection. Use the overload with a SourceGeneratorLambdaJsonSerializer.";

    /// <summary>Has Lambda's events answered by the application, in place of the server that there was.</summary>
    /// <exception cref="NotSupportedException">The event source is another than <see cref="LambdaEventSource.HttpApi"/>.</exception>
    /// <exception cref="InvalidOperationException"><c>AWS_LAMBDA_RUNTIME_API</c> is not set.</exception>
    [RequiresUnreferencedCode(Reflection)]
    public static IServiceCollection AddAWSLambdaHosting(this IServiceCollection services, LambdaEventSource eventSource) =>
        services.AddLambdaServer(eventSource, null);

    /// <inheritdoc cref="AddAWSLambdaHosting(IServiceCollection, LambdaEventSource)"/>
    [RequiresUnreferencedCode(Reflection)]
    public static IServiceCollection AddAWSLambdaHosting(
        this IServiceCollection services, LambdaEventSource eventSource, Action<HostingOptions>? configure = null) =>
        services.AddLambdaServer(eventSource, configure);

    /// <inheritdoc cref="AddAWSLambdaHosting(IServiceCollection, LambdaEventSource)"/>
    [SuppressMessage("Style", "IDE0060", Justification = "The package reads with it; here a reader of its own does.")]
    public static IServiceCollection AddAWSLambdaHosting<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services,
        LambdaEventSource eventSource,
        SourceGeneratorLambdaJsonSerializer<T> serializer,
        Action<HostingOptions>? configure = null)
        where T : JsonSerializerContext =>
        services.AddLambdaServer(eventSource, configure);

    private static IServiceCollection AddLambdaServer(
        this IServiceCollection services, LambdaEventSource eventSource, Action<HostingOptions>? configure)
    {
        if (!LambdaEnvironment.IsPresent)
            return services;
        if (eventSource != LambdaEventSource.HttpApi)
            throw new NotSupportedException($"{nameof(LambdaEventSource)}.{eventSource} is not supported, only {LambdaEventSource.HttpApi}.");

        configure?.Invoke(new HostingOptions());
        var environment = LambdaEnvironment.Read();
        environment.LimitHeap();
        services.RemoveAll<IServer>();
        return services.AddSingleton<IServer>(provider => ActivatorUtilities.CreateInstance<LambdaServer>(provider, environment));
    }
}
