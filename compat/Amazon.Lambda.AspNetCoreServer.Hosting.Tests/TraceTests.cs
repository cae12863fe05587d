using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Amazon.Lambda.Tests;

public class TraceTests
{
    private const string Trace = "5bef4de7ad49b0e87f6ef6c87fc2e700";

    [Theory]
    [InlineData("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1")]
    [InlineData("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")]
    [InlineData("Self=1-67891234-12456789abcdef012345678;Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0;Lineage=1:a87bd80c:0")]
    public async Task Logs_of_a_request_carry_the_XRay_trace_ID(string header)
    {
        await using var function = await StartAsync();

        var outcome = await InvokeAsync(function, header);
        await function.App.StopAsync();

        Assert.Equal(Trace, HttpApiAnswer.Of(outcome).Text);
        Assert.Equal(Trace, Assert.Single(function.Log.Lines, line => line.Text == "work").TraceId);
        Assert.Contains(function.Log.Lines, line => line.Text.StartsWith("Request finished") && line.TraceId == Trace);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Root=1-5bef4de7-AD49B0E87F6EF6C87FC2E700")]
    [InlineData("Root=5bef4de7ad49b0e87f6ef6c87fc2e700")]
    [InlineData("Parent=9a9197af755a6419;Sampled=1")]
    public async Task An_invalid_tracing_header_starts_a_new_trace(string header)
    {
        await using var function = await StartAsync();

        var (first, second) = (await InvokeAsync(function, header), await InvokeAsync(function, header));

        Assert.Equal(32, HttpApiAnswer.Of(first).Text.Length);
        Assert.NotEqual(HttpApiAnswer.Of(first).Text, HttpApiAnswer.Of(second).Text);
    }

    [Fact]
    public async Task A_traceparent_header_of_the_client_is_honored_as_in_Kestrel()
    {
        await using var function = await StartAsync();

        var response = await function.SendAsync(new HttpApiEvent
        {
            Headers = new Dictionary<string, string> { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
        });

        Assert.Equal("0af7651916cd43dd8448eb211c80319c", response.Text);
    }

    [Fact]
    public async Task A_trace_ends_with_its_invocation()
    {
        await using var function = await StartAsync();

        await InvokeAsync(function, $"Root=1-{Trace[..8]}-{Trace[8..]}");
        var second = await InvokeAsync(function, "");

        Assert.NotEqual(Trace, HttpApiAnswer.Of(second).Text);
    }

    private static Task<HttpFunction> StartAsync() => HttpFunction.StartAsync(app => app.MapGet("/", (ILogger<TraceTests> logger) =>
    {
#pragma warning disable CA1848 // Logged once.
        logger.LogInformation("work");
#pragma warning restore CA1848
        return Activity.Current!.TraceId.ToString();
    }));

    private static Task<LambdaOutcome> InvokeAsync(HttpFunction function, string trace) =>
        function.Server.InvokeAsync(new HttpApiEvent().ToJson(), new LambdaInvocation { TraceId = trace });
}
