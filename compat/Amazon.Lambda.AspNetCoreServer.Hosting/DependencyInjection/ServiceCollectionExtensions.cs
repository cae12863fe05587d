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
/// Runs an ASP.NET Core application in AWS Lambda. Outside Lambda, that is, when <c>AWS_LAMBDA_FUNCTION_NAME</c> is not set,
/// these methods do nothing.
/// </summary>
public static class ServiceCollectionExtensions
{
    // Same requirement as the package, so that callers get the same AOT warnings with either.
    private const string Reflection =
        "The package's serializer uses reflection. Use the overload with a SourceGeneratorLambdaJsonSerializer.";

    /// <summary>Replaces the server with one that handles Lambda events.</summary>
    /// <exception cref="NotSupportedException">The event source is not <see cref="LambdaEventSource.HttpApi"/>.</exception>
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
    [SuppressMessage("Style", "IDE0060", Justification = "Used by the package, not by this library.")]
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
            throw new NotSupportedException($"{nameof(LambdaEventSource)}.{eventSource} is not supported. Use {LambdaEventSource.HttpApi}.");

        configure?.Invoke(new HostingOptions());
        var environment = LambdaEnvironment.Read();
        environment.LimitHeap();
        services.RemoveAll<IServer>();
        return services.AddSingleton<IServer>(provider => ActivatorUtilities.CreateInstance<LambdaServer>(provider, environment));
    }
}
