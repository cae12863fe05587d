using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.Tests;

/// <summary>An ASP.NET Core application in a test Lambda.</summary>
internal sealed class HttpFunction : IAsyncDisposable
{
    private HttpFunction(LoopbackLambda server, WebApplication app, LogRecord log)
    {
        (Server, App, Log) = (server, app, log);
    }

    public LoopbackLambda Server { get; }

    public WebApplication App { get; }

    public LogRecord Log { get; }

    public static async Task<HttpFunction> StartAsync(
        Action<WebApplication> configure,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        bool snapStart = false)
    {
        var server = await LoopbackLambda.StartAsync(clock, snapStart);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:1");
        var log = new LogRecord();
        builder.Logging.ClearProviders().AddProvider(log);
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        services?.Invoke(builder.Services);
        FunctionEnvironment.Within(server.Environment, () => builder.Services.AddAWSLambdaHosting(LambdaEventSource.HttpApi));
        var app = builder.Build();
        configure(app);
        await app.StartAsync();
        return new HttpFunction(server, app, log);
    }

    public Task<HttpApiAnswer> SendAsync(HttpApiEvent request) => Server.SendAsync(request);

    public Task<HttpApiAnswer> GetAsync(string path = "/") => SendAsync(new HttpApiEvent { Path = path });

    /// <summary>Stops the function and asserts that it followed the rules of the Runtime API.</summary>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Server.DisposeAsync();
        Assert.Empty(Server.Violations);
    }
}
