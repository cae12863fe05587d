using Amazon.Lambda.RuntimeSupport;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Hosting;

namespace Amazon.Lambda.Tests;

public class LifecycleTests
{
    [Fact]
    public void Outside_Lambda_the_server_is_not_replaced()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var before = builder.Services.Where(service => service.ServiceType == typeof(IServer)).ToList();

        FunctionEnvironment.Within(
            new Dictionary<string, string> { ["AWS_LAMBDA_FUNCTION_NAME"] = "" },
            () => builder.Services.AddAWSLambdaHosting(LambdaEventSource.RestApi, _ => throw new InvalidOperationException()));

        Assert.NotEmpty(before);
        Assert.Equal(before, builder.Services.Where(service => service.ServiceType == typeof(IServer)));
    }

    [Theory]
    [InlineData(LambdaEventSource.RestApi)]
    [InlineData(LambdaEventSource.ApplicationLoadBalancer)]
    [InlineData(LambdaEventSource.WebsocketApi)]
    public async Task Unsupported_event_sources_are_rejected_by_name(LambdaEventSource source)
    {
        await using var server = await LoopbackLambda.StartAsync();

        var exception = Assert.Throws<NotSupportedException>(() =>
            FunctionEnvironment.Within(server.Environment, () => new ServiceCollection().AddAWSLambdaHosting(source)));

        Assert.Contains(source.ToString(), exception.Message);
    }

    [Fact]
    public void Hosting_fails_without_the_Runtime_API_address()
    {
        var variables = new Dictionary<string, string> { ["AWS_LAMBDA_FUNCTION_NAME"] = "f", ["AWS_LAMBDA_RUNTIME_API"] = "" };

        var exception = Assert.Throws<InvalidOperationException>(() =>
            FunctionEnvironment.Within(variables, () => new ServiceCollection().AddAWSLambdaHosting(LambdaEventSource.HttpApi)));

        Assert.Contains("AWS_LAMBDA_RUNTIME_API", exception.Message);
    }

    [Fact]
    public async Task Stopping_closes_the_connection_to_Lambda()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => "hello"));
        await function.Server.Ready;

        await function.App.StopAsync();

        await function.Server.Gone;
    }

    [Fact]
    public async Task Stopping_waits_for_the_request_in_progress()
    {
        var (working, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", async () =>
        {
            working.SetResult();
            await go.Task;
            return "hello";
        }));

        var response = function.GetAsync();
        await working.Task;
        var stop = function.App.StopAsync();
        Assert.False(stop.IsCompleted);
        go.SetResult();

        Assert.Equal("hello", (await response).Text);
        await stop;
    }

    [Fact]
    public async Task The_first_invocation_is_requested_after_all_hosted_services_have_started()
    {
        var start = new TaskCompletionSource();
        await using var server = await LoopbackLambda.StartAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddHostedService(_ => new Slow(start.Task));
        FunctionEnvironment.Within(server.Environment, () => builder.Services.AddAWSLambdaHosting(LambdaEventSource.HttpApi));
        await using var app = builder.Build();

        var starting = app.StartAsync();
        Assert.False(server.Ready.IsCompleted);
        start.SetResult();
        await starting;

        await server.Ready;
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task The_application_stops_when_the_Runtime_API_is_unreachable()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => "hello"));
        await function.Server.Ready;

        await function.Server.DisposeAsync();

        await function.App.WaitForShutdownAsync();
        Assert.Contains(function.Log.Errors, line => line.Exception is HttpRequestException);
    }

    [Fact]
    public async Task An_initialization_error_is_reported_to_Lambda()
    {
        await using var server = await LoopbackLambda.StartAsync();
        using var http = new HttpClient();
        var client = FunctionEnvironment.Within(server.Environment, () => new RuntimeApiClient(http));

        await client.ReportInitializationErrorAsync(Thrown());

        var error = await server.InitError;
        Assert.Equal(("InvalidOperationException", "Storage:Bucket is missing"), (error.Type, error.Message));
        Assert.Contains(error.StackTrace, frame => frame.Contains(nameof(Thrown)));
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task With_SnapStart_invocations_are_requested_after_the_restore()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => "hello"), snapStart: true);

        var response = function.GetAsync();
        Assert.False(function.Server.Ready.IsCompleted);
        function.Server.Restore();

        Assert.Equal("hello", (await response).Text);
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("Storage:Bucket is missing");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private sealed class Slow(Task start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
