namespace Amazon.Lambda.Tests;

public class DeadlineTests
{
    // An invocation has 30 seconds: the request is aborted at 29.5, and the response is due at 29.875.
    private static readonly TimeSpan UntilAbort = TimeSpan.FromSeconds(29.5), UntilResponse = TimeSpan.FromSeconds(0.375);

    private readonly SteppedClock _clock = new();

    private readonly TaskCompletionSource<CancellationToken> _working = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_request_is_aborted_half_a_second_before_its_deadline_and_can_still_respond()
    {
        await using var function = await StartAsync(async context =>
        {
            await WaitForAbortAsync(context);
            context.Response.StatusCode = 202;
            await context.Response.WriteAsync("so far");
        });

        var response = function.GetAsync();
        var aborted = await _working.Task;
        _clock.Advance(UntilAbort - TimeSpan.FromTicks(1));
        Assert.False(aborted.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((202, "so far"), ((await response).Status, (await response).Text));
    }

    [Fact]
    public async Task An_aborted_request_without_a_response_returns_504_and_the_function_continues()
    {
        await using var function = await StartAsync(context => WorkAsync(context, Timeout.InfiniteTimeSpan));

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal((504, "application/problem+json"), ((await response).Status, (await response).Headers["Content-Type"]));
        Assert.Empty(function.Log.Errors);
        Assert.Equal("hello", (await function.GetAsync("/hello")).Text);
    }

    [Fact]
    public async Task An_aborted_request_returns_504_despite_an_exception_handler()
    {
        await using var function = await HttpFunction.StartAsync(
            app =>
            {
                app.UseExceptionHandler(handler => handler.Run(context => context.Response.WriteAsync("handled")));
                app.Run(context => WorkAsync(context, Timeout.InfiniteTimeSpan));
            },
            _clock);

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal(504, (await response).Status);
    }

    [Fact]
    public async Task The_body_written_before_the_deadline_is_sent()
    {
        await using var function = await StartAsync(async context =>
        {
            await context.Response.WriteAsync("event: 1\n");
            await WorkAsync(context, Timeout.InfiniteTimeSpan);
        });

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal((200, "event: 1\n"), ((await response).Status, System.Text.Encoding.UTF8.GetString((await response).Body)));
    }

    [Fact]
    public async Task A_body_shorter_than_its_Content_Length_at_the_deadline_returns_504()
    {
        await using var function = await StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            await WorkAsync(context, Timeout.InfiniteTimeSpan);
        });

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal(504, (await response).Status);
    }

    [Fact]
    public async Task An_unrelated_exception_after_the_abort_returns_500()
    {
        await using var function = await StartAsync(async context =>
        {
            await WaitForAbortAsync(context);
            throw new InvalidOperationException();
        });

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal(500, (await response).Status);
    }

    [Fact]
    public async Task An_application_that_ignores_the_abort_returns_504_and_delays_the_next_request()
    {
        var end = new TaskCompletionSource();
        await using var function = await StartAsync(context =>
        {
            _working.TrySetResult(context.RequestAborted);
            return end.Task;
        });

        var (response, next) = (function.GetAsync(), function.GetAsync("/hello"));
        await _working.Task;
        _clock.Advance(UntilAbort + UntilResponse);

        Assert.Equal(504, (await response).Status);
        Assert.Contains("did not end", Assert.Single(function.Log.Errors).Text);
        Assert.False(next.IsCompleted);
        end.SetResult();
        Assert.Equal("hello", (await next).Text);
    }

    [Fact]
    public async Task An_application_that_blocks_its_thread_returns_504_before_the_deadline()
    {
        using var end = new ManualResetEventSlim();
        await using var function = await StartAsync(context =>
        {
            _working.TrySetResult(context.RequestAborted);
            end.Wait();
            return Task.CompletedTask;
        });

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort + UntilResponse);

        Assert.Equal(504, (await response).Status);
        end.Set();
    }

    [Fact]
    public async Task An_exception_in_an_abort_callback_is_logged_and_the_request_still_responds()
    {
        await using var function = await StartAsync(async context =>
        {
            using var registration = context.RequestAborted.Register(() => throw new InvalidOperationException("callback"));
            await WaitForAbortAsync(context);
            await context.Response.WriteAsync("done");
        });

        var response = function.GetAsync();
        await _working.Task;
        _clock.Advance(UntilAbort);

        Assert.Equal("done", (await response).Text);
        Assert.Contains(function.Log.Errors, line => line.Exception is AggregateException);
    }

    [Fact]
    public async Task A_short_invocation_is_aborted_halfway_to_its_deadline()
    {
        await using var function = await StartAsync(context => WorkAsync(context, Timeout.InfiniteTimeSpan));

        var response = function.Server.SendAsync(new HttpApiEvent(), new LambdaInvocation { Timeout = TimeSpan.FromMilliseconds(600) });
        var aborted = await _working.Task;
        _clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(aborted.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(504, (await response).Status);
    }

    [Fact]
    public async Task A_completed_request_is_not_aborted()
    {
        await using var function = await StartAsync(context => WorkAsync(context, TimeSpan.Zero));

        await function.GetAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False((await _working.Task).IsCancellationRequested);
    }

    [Fact]
    public async Task A_request_is_aborted_before_its_deadline_on_the_system_clock()
    {
        await using var function = await HttpFunction.StartAsync(app => app.Run(context => WorkAsync(context, TimeSpan.FromMinutes(1))));

        var response = await function.Server.SendAsync(new HttpApiEvent(), new LambdaInvocation { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(504, response.Status);
    }

    private Task<HttpFunction> StartAsync(RequestDelegate work) => HttpFunction.StartAsync(
        app =>
        {
            app.MapGet("/", work);
            app.MapGet("/hello", () => "hello");
        },
        _clock);

    private Task WorkAsync(HttpContext context, TimeSpan time)
    {
        _working.TrySetResult(context.RequestAborted);
        return Task.Delay(time, context.RequestAborted);
    }

    private async Task WaitForAbortAsync(HttpContext context) =>
        await WorkAsync(context, Timeout.InfiniteTimeSpan).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
