using System.Net;
using System.Net.Http.Json;

namespace Amazon.Lambda.Tests;

/// <summary>Tests of the test Lambda itself: it detects violations of the Runtime API's rules.</summary>
public class LoopbackLambdaTests : IAsyncLifetime
{
    private readonly SteppedClock _clock = new();

    private LoopbackLambda _server = null!;

    private HttpClient Http { get; set; } = null!;

    public async Task InitializeAsync()
    {
        _server = await LoopbackLambda.StartAsync(_clock);
        Http = new HttpClient { BaseAddress = new Uri($"http://{_server.RuntimeApi}/2018-06-01/runtime/") };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_test_server_sends_an_invocation_and_returns_its_response()
    {
        var outcome = _server.InvokeAsync("""{"a":1}""");

        using var next = await Http.GetAsync("invocation/next");
        var response = await AnswerAsync(next, "response", """{"b":2}""");

        Assert.Equal("""{"a":1}""", await next.Content.ReadAsStringAsync());
        Assert.Equal(
            (_clock.GetUtcNow() + TimeSpan.FromSeconds(30)).ToUnixTimeMilliseconds(), long.Parse(Header(next, "Lambda-Runtime-Deadline-Ms")));
        Assert.Equal("arn:aws:lambda:us-east-1:123456789012:function:loopback", Header(next, "Lambda-Runtime-Invoked-Function-Arn"));
        Assert.StartsWith("Root=1-", Header(next, "Lambda-Runtime-Trace-Id"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(("""{"b":2}""", Header(next, "Lambda-Runtime-Aws-Request-Id")), ((await outcome).Payload, (await outcome).RequestId));
        Assert.Empty(_server.Violations);
    }

    [Fact]
    public async Task A_second_response_is_a_violation()
    {
        _ = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");

        await AnswerAsync(next, "response", "{}");
        var second = await AnswerAsync(next, "response", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Contains("had ended", Assert.Single(_server.Violations));
    }

    [Fact]
    public async Task A_response_to_an_unknown_invocation_is_a_violation()
    {
        var response = await Http.PostAsJsonAsync("invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response", "");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(_server.Violations, violation => violation.Contains("does not exist"));
    }

    [Fact]
    public async Task An_invocation_times_out_and_a_late_response_is_a_violation()
    {
        var outcome = _server.InvokeAsync("{}", new LambdaInvocation { Timeout = TimeSpan.FromSeconds(3) });
        using var next = await Http.GetAsync("invocation/next");

        _clock.Advance(TimeSpan.FromSeconds(3));
        var late = await AnswerAsync(next, "response", "{}");

        Assert.Equal(("Sandbox.Timedout", "Task timed out after 3.00 seconds"), ((await outcome).Error!.Type, (await outcome).Error!.Message));
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
        Assert.Single(_server.Violations);
    }

    [Fact]
    public async Task A_response_that_is_too_large_fails_the_invocation()
    {
        var outcome = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");

        var response = await AnswerAsync(next, "response", $"\"{new string('x', 6_291_556)}\"");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("Function.ResponseSizeTooLarge", (await outcome).Error!.Type);
        Assert.Single(_server.Violations);
    }

    [Fact]
    public async Task Requesting_the_next_invocation_before_responding_is_a_violation()
    {
        _ = _server.InvokeAsync("{}");
        _ = _server.InvokeAsync("{}");

        using var first = await Http.GetAsync("invocation/next");
        using var second = await Http.GetAsync("invocation/next");

        Assert.Contains("before the response to the last", Assert.Single(_server.Violations));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"errorType":"A","errorMessage":"b"}""")]
    public async Task An_error_without_its_required_members_is_a_violation(string body)
    {
        _ = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");

        await AnswerAsync(next, "error", body);

        Assert.Contains("an error that is not one", Assert.Single(_server.Violations));
    }

    [Fact]
    public async Task An_error_without_its_type_header_is_a_violation()
    {
        _ = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");

        await AnswerAsync(next, "error", """{"errorType":"A","errorMessage":"b","stackTrace":[]}""");

        Assert.Contains("Lambda-Runtime-Function-Error-Type", Assert.Single(_server.Violations));
    }

    [Fact]
    public async Task A_response_that_is_not_JSON_is_a_violation()
    {
        _ = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");

        await AnswerAsync(next, "response", "hello");

        Assert.Contains("not JSON", Assert.Single(_server.Violations));
    }

    [Fact]
    public async Task A_response_without_the_invocation_ID_is_a_violation()
    {
        _ = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");

        using var content = new StringContent("{}");
        await Http.PostAsync($"invocation/{Header(next, "Lambda-Runtime-Aws-Request-Id")}/response", content);

        Assert.Contains("Lambda-Runtime-Invocation-Id", Assert.Single(_server.Violations));
    }

    [Fact]
    public async Task An_initialization_error_after_the_first_invocation_request_is_a_violation()
    {
        _ = _server.InvokeAsync("{}");
        using var next = await Http.GetAsync("invocation/next");
        using var content = new StringContent("""{"errorType":"A","errorMessage":"b","stackTrace":[]}""");
        content.Headers.Add("Lambda-Runtime-Function-Error-Type", "A");

        var response = await Http.PostAsync("init/error", content);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("before the first invocation", Assert.Single(_server.Violations));
    }

    [Theory]
    [InlineData("invocation/last")]
    [InlineData("../../runtime/invocation/next")]
    public async Task An_unknown_path_is_a_violation(string path)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync(path)).StatusCode);
        Assert.Single(_server.Violations);
    }

    [Fact]
    public async Task A_closed_connection_is_detected()
    {
        using var cancellation = new CancellationTokenSource();
        var next = Http.GetAsync("invocation/next", cancellation.Token);
        await _server.Ready;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await _server.Gone;
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private async Task<HttpResponseMessage> AnswerAsync(HttpResponseMessage next, string what, string body)
    {
        using var content = new StringContent(body);
        content.Headers.Add("Lambda-Runtime-Invocation-Id", Header(next, "Lambda-Runtime-Invocation-Id"));
        return await Http.PostAsync($"invocation/{Header(next, "Lambda-Runtime-Aws-Request-Id")}/{what}", content);
    }
}
