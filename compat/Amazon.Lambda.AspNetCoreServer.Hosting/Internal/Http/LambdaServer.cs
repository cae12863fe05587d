using Amazon.Lambda.Internal.Runtime;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.Internal.Http;

/// <summary>An ASP.NET Core server that receives events from Lambda instead of network connections.</summary>
internal sealed partial class LambdaServer : IServer
{
    private readonly LambdaEnvironment _environment;

    private readonly RuntimeApi _api;

    private readonly TimeProvider _clock;

    private readonly IHostApplicationLifetime _lifetime;

    private readonly ILogger _logger;

    private readonly CancellationTokenSource _stopping = new();

    private Task _running = Task.CompletedTask;

    public LambdaServer(
        LambdaEnvironment environment, IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<LambdaServer> logger)
    {
        _environment = environment;
        _clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _api = new RuntimeApi(environment, _clock);
        (_lifetime, _logger) = (lifetime, logger);
    }

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        var handler = new HttpHandler<TContext>(application, _clock, _logger);
        _running = RunAsync(new InvocationLoop(_api, handler.HandleAsync, LogFailure));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _api.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(InvocationLoop loop)
    {
        try
        {
            await loop.RunAsync(_environment.IsSnapStart, _stopping.Token);
        }
        catch (Exception exception)
        {
            LogLost(exception);
            _lifetime.StopApplication();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The invocation failed.")]
    private partial void LogFailure(Exception exception);

    [LoggerMessage(2, LogLevel.Critical, "Lambda's Runtime API is out of order.")]
    private partial void LogLost(Exception exception);
}
