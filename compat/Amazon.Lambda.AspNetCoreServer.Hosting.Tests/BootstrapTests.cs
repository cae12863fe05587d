using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace Amazon.Lambda.Tests;

public class BootstrapTests : IAsyncLifetime
{
    private LoopbackLambda _server = null!;

    private Task _running = Task.CompletedTask;

    private CancellationTokenSource Stop { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Stop = new CancellationTokenSource();
        _server = await LoopbackLambda.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Stop.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        Stop.Dispose();
        Assert.Empty(_server.Violations);
    }

    [Fact]
    public async Task A_handler_can_return_no_response()
    {
        var seen = "";
        Run(() => LambdaBootstrapBuilder.Create(async (Stream payload, ILambdaContext _) => seen = await TextAsync(payload)));

        var outcome = await _server.InvokeAsync(EventBridgeEvent.ObjectCreated("bucket", "videos/1/a b.mp4").ToJsonString());

        Assert.Equal(("", null), (outcome.Payload, outcome.Error));
        Assert.Contains("videos/1/a b.mp4", seen);
    }

    [Fact]
    public async Task A_handler_can_return_JSON()
    {
        Run(() => LambdaBootstrapBuilder.Create(async (Stream payload, ILambdaContext _) =>
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{"length":{{(await TextAsync(payload)).Length}}}"""))));

        Assert.Equal("""{"length":4}""", (await _server.InvokeAsync("1234")).Payload);
    }

    [Fact]
    public async Task A_handler_receives_the_invocation_context()
    {
        ILambdaContext? context = null;
        Run(() => LambdaBootstrapBuilder.Create((_, received) =>
        {
            context = received;
            return Task.CompletedTask;
        }));

        var outcome = await _server.InvokeAsync("{}", new LambdaInvocation { TraceId = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700" });

        Assert.Equal(outcome.RequestId, context!.AwsRequestId);
        Assert.Equal(("loopback", "$LATEST", 512), (context.FunctionName, context.FunctionVersion, context.MemoryLimitInMB));
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:loopback", context.InvokedFunctionArn);
        Assert.Equal("/aws/lambda/loopback", context.LogGroupName);
        Assert.NotEmpty(context.LogStreamName);
        Assert.Equal("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700", context.TraceId);
        Assert.InRange(context.RemainingTime, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_exception_in_a_handler_is_reported_and_the_function_continues()
    {
        Run(() => LambdaBootstrapBuilder.Create(async (Stream payload, ILambdaContext _) => ThrowFor(await TextAsync(payload))));

        var (bad, good) = (await _server.InvokeAsync("\"bad\""), await _server.InvokeAsync("\"good\""));

        Assert.Equal(("InvalidDataException", "Invalid data: grün."), (bad.Error!.Type, bad.Error.Message));
        Assert.Contains(bad.Error.StackTrace, frame => frame.StartsWith("at ") && frame.Contains(nameof(ThrowFor)));
        Assert.Null(good.Error);
    }

    [Fact]
    public async Task A_very_large_exception_is_reported()
    {
        Run(() => LambdaBootstrapBuilder.Create(Task (_, _) => throw new InvalidOperationException(new string('x', 1_000_000))));

        var outcome = await _server.InvokeAsync("{}");

        Assert.InRange(outcome.Error!.Message.Length, 1000, 200_000);
    }

    [Fact]
    public async Task A_connection_error_in_a_handler_does_not_end_the_function()
    {
        Run(() => LambdaBootstrapBuilder.Create(Task (_, _) => throw new HttpRequestException("elsewhere")));

        Assert.Equal("elsewhere", (await _server.InvokeAsync("{}")).Error!.Message);
        Assert.Equal("elsewhere", (await _server.InvokeAsync("{}")).Error!.Message);
    }

    [Fact]
    public async Task Logs_of_a_handler_carry_the_XRay_trace_ID()
    {
        var seen = "";
        Run(() => LambdaBootstrapBuilder.Create((_, _) =>
        {
            seen = System.Diagnostics.Activity.Current?.TraceId.ToString();
            return Task.CompletedTask;
        }));

        await _server.InvokeAsync("{}");

        Assert.Equal("5bef4de7ad49b0e87f6ef6c87fc2e700", seen);
    }

    [Fact]
    public async Task Stopping_completes_the_invocation_in_progress_and_takes_no_more()
    {
        var (working, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Run(() => LambdaBootstrapBuilder.Create((_, _) =>
        {
            working.SetResult();
            return go.Task;
        }));

        var outcome = _server.InvokeAsync("{}");
        await working.Task;
        await Stop.CancelAsync();
        go.SetResult();

        Assert.Null((await outcome).Error);
        await _running;
    }

    [Fact]
    public async Task An_exception_in_the_initializer_is_reported_and_ends_the_function()
    {
        using var bootstrap = Build(() => LambdaBootstrapBuilder.Create((_, _) => Task.CompletedTask)
            .UseBootstrapHandler(() => throw new InvalidOperationException("no settings")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => bootstrap.RunAsync());

        Assert.Equal("no settings", (await _server.InitError).Message);
    }

    [Fact]
    public async Task An_initializer_that_returns_false_ends_the_function()
    {
        using var bootstrap = Build(() => LambdaBootstrapBuilder.Create((_, _) => Task.CompletedTask)
            .UseBootstrapHandler(() => Task.FromResult(false)));

        await bootstrap.RunAsync();

        Assert.False(_server.Ready.IsCompleted);
    }

    [Fact]
    public async Task RunAsync_throws_when_the_Runtime_API_is_unreachable()
    {
        await using var server = await LoopbackLambda.StartAsync();
        using var bootstrap = FunctionEnvironment.Within(
            server.Environment, () => LambdaBootstrapBuilder.Create((_, _) => Task.CompletedTask).Build());
        var running = bootstrap.RunAsync();
        await server.Ready;

        await server.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => running);
    }

    private static void ThrowFor(string text)
    {
        if (text.Contains("bad"))
            throw new InvalidDataException("Invalid data: grün.");
    }

    private static async Task<string> TextAsync(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private LambdaBootstrap Build(Func<LambdaBootstrapBuilder> create) =>
        FunctionEnvironment.Within(_server.Environment, () => create().Build());

    private void Run(Func<LambdaBootstrapBuilder> create) => _running = RunAsync(Build(create));

    private async Task RunAsync(LambdaBootstrap bootstrap)
    {
        using (bootstrap)
            await bootstrap.RunAsync(Stop.Token);
    }
}
