namespace Amazon.Lambda.Tests;

[Collection(nameof(Alone))]
public class ProcessTests
{
    private const int Invocations = 10_000;

    // Allows for growth in the runtime and the test Lambda: pools, tables, tiered code.
    private const long Slack = 2 * 1024 * 1024;

    [Fact]
    public async Task The_tracing_header_is_set_in_the_environment_for_the_SDKs()
    {
        await using var function = await HttpFunction.StartAsync(app =>
            app.MapGet("/", () => Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID") ?? ""));

        var outcome = await function.Server.InvokeAsync(new HttpApiEvent().ToJson());
        var without = await function.Server.InvokeAsync(new HttpApiEvent().ToJson(), new LambdaInvocation { TraceId = "" });

        Assert.Equal(LambdaInvocation.Default.TraceId, HttpApiAnswer.Of(outcome).Text);
        Assert.Empty(HttpApiAnswer.Of(without).Body);
    }

    [Fact]
    public async Task The_heap_is_limited_to_the_memory_of_the_function()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapGet("/", () => $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes}"));

        Assert.Equal($"{512 << 20}", (await function.SendAsync(new HttpApiEvent())).Text);
    }

    [Fact]
    public async Task Ten_thousand_invocations_leak_no_memory()
    {
        await using var function = await HttpFunction.StartAsync(app => app.MapPost("/{**path}", async context =>
        {
            using var registration = context.RequestAborted.Register(() => { });
            context.Response.ContentType = "text/plain";
            await context.Request.Body.CopyToAsync(context.Response.Body);
        }));
        var request = new HttpApiEvent { Method = "POST", Path = "/a", Cookies = ["a=1"], Body = new string('x', 10_000) }.ToJson();

        await InvokeAsync(function, request, Invocations / 10);
        // A leak grows in every round; other tests of this process allocate in some.
        var growth = long.MaxValue;
        for (var round = 0; round < 3 && growth > Slack; round++)
        {
            var before = LiveBytes(function);
            await InvokeAsync(function, request, Invocations);
            growth = Math.Min(growth, LiveBytes(function) - before);
        }

        Assert.InRange(growth, long.MinValue, Slack);
    }

    private static async Task InvokeAsync(HttpFunction function, string request, int times)
    {
        for (var time = 0; time < times; time++)
            Assert.Null((await function.Server.InvokeAsync(request)).Error);
    }

    // The log belongs to the test and does not count.
    private static long LiveBytes(HttpFunction function)
    {
        function.Log.Forget();
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
