namespace Amazon.Lambda.Tests;

public class FailureTests
{
    [Fact]
    public async Task An_unhandled_exception_returns_500_and_the_function_continues()
    {
        await using var function = await StartAsync();

        var response = await function.GetAsync("/throw");

        Assert.Equal((500, """{"title":"Internal Server Error","status":500}"""), (response.Status, response.Text));
        Assert.Equal("secret", Assert.Single(function.Log.Errors).Exception!.Message);
        Assert.Equal("hello", (await function.GetAsync()).Text);
    }

    [Fact]
    public async Task An_exception_after_the_response_has_started_returns_500()
    {
        await using var function = await StartAsync();

        var response = await function.GetAsync("/late");

        Assert.Equal(500, response.Status);
        Assert.DoesNotContain("half", response.Text);
    }

    [Fact]
    public async Task An_exception_in_OnStarting_returns_500()
    {
        await using var function = await StartAsync();

        Assert.Equal(500, (await function.GetAsync("/starting")).Status);
        Assert.Equal("hello", (await function.GetAsync()).Text);
    }

    [Fact]
    public async Task A_request_that_the_application_aborts_returns_500()
    {
        await using var function = await StartAsync();

        Assert.Equal(500, (await function.GetAsync("/abort")).Status);
        Assert.Equal("hello", (await function.GetAsync()).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("no json")]
    [InlineData("""{"version":"1.0","httpMethod":"GET","path":"/","requestContext":{"stage":"prod"}}""")]
    [InlineData("""{"requestContext":{"http":{"method":"","path":"/"}}}""")]
    [InlineData("""{"requestContext":{"http":{"method":"GET"}}}""")]
    [InlineData("""{"requestContext":{"http":{"method":"GET","path":"/"}},"body":"!","isBase64Encoded":true}""")]
    [InlineData("""{"requestContext":{"http":{"method":"GET","path":"/"}},"headers":["a"]}""")]
    public async Task An_event_that_is_not_an_HTTP_request_is_reported_as_an_error_and_the_function_continues(string payload)
    {
        await using var function = await StartAsync();

        var outcome = await function.Server.InvokeAsync(payload);

        Assert.Equal("JsonException", outcome.Error!.Type);
        Assert.NotEmpty(outcome.Error.StackTrace);
        Assert.Single(function.Log.Errors);
        Assert.Equal("hello", (await function.GetAsync()).Text);
    }

    [Fact]
    public async Task Unknown_and_missing_optional_event_members_are_ignored()
    {
        await using var function = await StartAsync();

        var outcome = await function.Server.InvokeAsync(
            """{"requestContext":{"http":{"method":"GET","path":"/"},"timeEpoch":"1583348638390","new":{"a":[1]}},"headers":{"a":null,"b":1}}""");

        Assert.Equal("hello", HttpApiAnswer.Of(outcome).Text);
    }

    private static Task<HttpFunction> StartAsync() => HttpFunction.StartAsync(app =>
    {
        app.MapGet("/", () => "hello");
        app.MapGet("/throw", string () => throw new InvalidOperationException("secret"));
        app.MapGet("/late", async context =>
        {
            await context.Response.WriteAsync("half");
            throw new InvalidOperationException();
        });
        app.MapGet("/starting", context =>
        {
            context.Response.OnStarting(() => throw new InvalidOperationException());
            return context.Response.WriteAsync("never");
        });
        app.MapGet("/abort", context =>
        {
            context.Abort();
            return context.Response.WriteAsync($"{context.RequestAborted.IsCancellationRequested}");
        });
    });
}
